import CKernels

/// What numbers are stored as, and what products are of; sums are of 32-bit floats in both.
public enum Precision: String, CaseIterable, Sendable, Codable {
  /// 32-bit floats.
  case fp32
  /// bfloat16, the upper half of a 32-bit float, rounded to nearest, ties to even; below 2^-126 it is zero.
  case bf16

  /// Bytes of one number.
  public var bytes: Int { s3n_element_bytes(kernelValue) }

  /// As the kernels name it.
  public var kernelValue: s3n_precision { self == .fp32 ? s3n_fp32 : s3n_bf16 }
}

extension Tensor {
  /// The same numbers, rounded to a precision or widened to it; the tensor itself where it is of it.
  public func converted(to other: Precision) -> Tensor {
    guard other != precision else { return self }
    var result = Tensor(uninitialized: shape, other)
    s3n_convert(precision.kernelValue, address, other.kernelValue, result.writeAddress(), count)
    keepAlive(self)
    return result
  }
}
