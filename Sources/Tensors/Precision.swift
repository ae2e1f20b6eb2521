import CKernels

/// The precision of stored numbers and of the factors of products; sums are 32-bit floats in both.
public enum Precision: String, CaseIterable, Sendable, Codable {
  /// 32-bit floats.
  case fp32
  /// bfloat16, the upper half of a 32-bit float: rounded to nearest, ties to even; zero below 2^-126.
  case bf16

  /// Bytes per number.
  public var bytes: Int { s3n_element_bytes(kernelValue) }

  /// The kernels' constant for this precision.
  public var kernelValue: s3n_precision { self == .fp32 ? s3n_fp32 : s3n_bf16 }
}

extension Tensor {
  /// Returns the same numbers rounded or widened to a precision; the tensor itself if it has that precision.
  public func converted(to other: Precision) -> Tensor {
    guard other != precision else { return self }
    var result = Tensor(uninitialized: shape, other)
    s3n_convert(precision.kernelValue, address, other.kernelValue, result.writeAddress(), count)
    keepAlive(self)
    return result
  }
}
