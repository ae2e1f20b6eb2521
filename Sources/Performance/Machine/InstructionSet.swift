import CKernels

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

  /// Whether this CPU can run it.
  public var isSupported: Bool { s3n_isa_is_supported(kernelValue) != 0 }

  /// Runs the kernels with it from here on; for the start of a program, before any weights are packed.
  public func use() throws(PerformanceError) {
    guard s3n_use_isa(kernelValue) != 0 else {
      throw .unsupportedInstructionSet(
        rawValue, supported: Self.allCases.filter(\.isSupported).map(\.rawValue))
    }
  }
}
