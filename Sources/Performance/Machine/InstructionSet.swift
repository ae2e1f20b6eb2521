import CKernels
import Foundation

/// An instruction set for which the kernels are compiled.
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

  /// The instruction set in use: the best one of this CPU, or the one that the environment variable S3N_ISA names.
  public static var current: InstructionSet {
    InstructionSet(rawValue: String(cString: s3n_isa_name(s3n_current_isa()))) ?? .portable
  }

  /// The value of S3N_ISA that selects the kernels in use.
  static var nameOfKernels: String { String(cString: s3n_kernels_name()) }

  /// A further value of S3N_ISA besides the names of the sets: AVX-512 without its bfloat16 products.
  private static let withoutDotProducts = "avx512f"

  /// Throws if the environment variable S3N_ISA names a set that is unknown or that this CPU does not support.
  public static func checkEnvironment() throws(PerformanceError) {
    guard let name = ProcessInfo.processInfo.environment["S3N_ISA"], !name.isEmpty else { return }
    guard let set = name == withoutDotProducts ? .avx512 : InstructionSet(rawValue: name) else {
      let known = allCases.map(\.rawValue) + [withoutDotProducts]
      throw .unknownName(kind: "instruction set (S3N_ISA)", name: name, known: known)
    }
    guard set.isSupported else { throw .unsupportedInstructionSet(name, supported: supported) }
  }

  private static var supported: [String] { allCases.filter(\.isSupported).map(\.rawValue) }

  /// Whether this CPU supports it.
  public var isSupported: Bool { s3n_isa_is_supported(kernelValue) != 0 }

  /// Switches the kernels to it; call this at program start, before any weights are packed.
  public func use() throws(PerformanceError) {
    guard s3n_use_isa(kernelValue) != 0 else {
      throw .unsupportedInstructionSet(rawValue, supported: Self.supported)
    }
  }
}
