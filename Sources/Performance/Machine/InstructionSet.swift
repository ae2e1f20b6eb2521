import CKernels
import Foundation

/// An instruction set that the kernels exist for.
public enum InstructionSet: String, CaseIterable, Sendable {
  case portable
  case avx2
  case avx512

  private var kernelValue: s3n_isa {
    switch self {
    case .portable: s3n_isa_portable
    case .avx2: s3n_isa_avx2
    case .avx512: s3n_isa_avx512
    }
  }

  /// The one in use: the best of this CPU, or what the environment variable S3N_ISA asks for.
  public static var current: InstructionSet {
    InstructionSet(rawValue: String(cString: s3n_isa_name(s3n_current_isa()))) ?? .portable
  }

  /// What S3N_ISA would have to say for the kernels in use.
  static var nameOfKernels: String { String(cString: s3n_kernels_name()) }

  /// What S3N_ISA may say beside the names of the sets: AVX-512 without its products of bfloat16.
  private static let withoutDotProducts = "avx512f"

  /// Throws if the environment variable S3N_ISA asks for a set that is not known, or that this CPU cannot run.
  public static func checkEnvironment() throws(PerformanceError) {
    guard let name = ProcessInfo.processInfo.environment["S3N_ISA"], !name.isEmpty else { return }
    guard let set = name == withoutDotProducts ? .avx512 : InstructionSet(rawValue: name) else {
      let known = allCases.map(\.rawValue) + [withoutDotProducts]
      throw .unknownName(kind: "instruction set (S3N_ISA)", name: name, known: known)
    }
    guard set.isSupported else { throw .unsupportedInstructionSet(name, supported: supported) }
  }

  private static var supported: [String] { allCases.filter(\.isSupported).map(\.rawValue) }

  /// Whether this CPU can run it.
  public var isSupported: Bool { s3n_isa_is_supported(kernelValue) != 0 }

  /// Runs the kernels with it from here on; for the start of a program, before any weights are packed.
  public func use() throws(PerformanceError) {
    guard s3n_use_isa(kernelValue) != 0 else {
      throw .unsupportedInstructionSet(rawValue, supported: Self.supported)
    }
  }
}
