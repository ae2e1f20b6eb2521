import Files
import Tensors

/// What makes a tensor unfit for any network: elements that are no numbers, infinite ones, negative variances.
public struct TensorFlaw: Sendable, Equatable, CustomStringConvertible {
  /// The tensor's name in its file.
  public let name: String
  public let notANumber: Int
  public let infinite: Int
  /// Negative ones among the running variances of a batch norm.
  public let negativeVariances: Int

  /// Nil for sound elements.
  init?(_ elements: UnsafeBufferPointer<Float>, of tensor: StoredTensor) {
    name = tensor.nameInFile
    notANumber = elements.count { $0.isNaN }
    infinite = elements.count { $0.isInfinite }
    negativeVariances = tensor.nameInFile.hasSuffix("running_var") ? elements.count { $0 < 0 && $0.isFinite } : 0
    if notANumber + infinite + negativeVariances == 0 { return nil }
  }

  /// Such as "fc.weight (3 NaN)".
  public var description: String {
    let counts = [(notANumber, "NaN"), (infinite, "infinite"), (negativeVariances, "negative variances")]
    let text = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\(printable(name)) (\(text))"
  }
}

extension StoredTensor {
  /// What is wrong with the elements, which are read for it; nil if they are sound, or integers.
  public func flaw() throws(WeightFileError) -> TensorFlaw? {
    elementType.isFloatingPoint ? flaw(in: try tensor()) : nil
  }

  /// What is wrong with these elements, which are the tensor's own.
  public func flaw(in elements: Tensor) -> TensorFlaw? {
    elements.withUnsafeBufferPointer { TensorFlaw($0, of: self) }
  }
}
