import CFFTW
import CKernels
import COpenBLAS
import Foundation
import Records
import Tensors

extension RunEnvironment {
  /// This machine with the engine as it is set up now: instruction set, threads, numerical libraries.
  public static func current(commandLine: [String]? = nil) -> RunEnvironment {
    RunEnvironment(
      instructionSet: String(cString: s3n_isa_name(s3n_current_isa())), threads: Threads.count,
      libraries: [
        "openblas": text(s3n_openblas_config()) + " " + text(s3n_openblas_core()),
        "fftw": text(s3n_fftw_version()),
        "libjpeg-turbo": loadedLibrary("libjpeg.") ?? "unknown", "libpng": loadedLibrary("libpng") ?? "unknown",
        "libwebp": loadedLibrary("libwebp.") ?? "unknown",
      ], commandLine: commandLine)
  }

  private static func text(_ text: UnsafePointer<CChar>?) -> String {
    text.map { String(cString: $0).trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }

  /// The file name, with its version, of a library that this process has loaded.
  private static func loadedLibrary(_ stem: String) -> String? {
    guard let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return nil }
    return maps.split(separator: "\n").lazy.compactMap { $0.split(separator: "/").last.map(String.init) }
      .first { $0.hasPrefix(stem) }
  }
}
