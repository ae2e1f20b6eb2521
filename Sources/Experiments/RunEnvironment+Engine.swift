import CFFTW
import CKernels
import COpenBLAS
import Foundation
import ImageCodecs
import Records
import Tensors

extension RunEnvironment {
  /// This machine with the engine's current setup: instruction set, threads, numerical libraries.
  public static func current(
    commandLine: [String]? = nil, ranks: Int = 1, commit: Commit? = .current
  ) -> RunEnvironment {
    RunEnvironment(
      instructionSet: text(s3n_kernels_name()), threads: Threads.count,
      libraries: [
        "openblas": text(s3n_openblas_config()) + " " + text(s3n_openblas_core()),
        "fftw": text(s3n_fftw_version()),
        "libjpeg-turbo": text(s3n_libjpeg_version()), "libpng": text(s3n_libpng_version()),
        "libwebp": text(s3n_libwebp_version()),
      ], commandLine: commandLine, ranks: ranks, plantedFault: PlantedFault.current?.rawValue,
      commit: commit)
  }

  private static func text(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0).trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }
}
