import Files
import Tensors

/// Defects that make a tensor unfit for any network: NaN or infinite elements, or negative variances.
public struct TensorFlaw: Sendable, Equatable, CustomStringConvertible {
  /// The tensor's name in its file.
  public let name: String
  public let notANumber: Int
  public let infinite: Int
  /// The number of negative values among the running variances of a batch norm.
  public let negativeVariances: Int

  /// Returns nil if the elements are sound.
  init?(_ elements: UnsafeBufferPointer<Float>, of tensor: StoredTensor) {
    name = tensor.nameInFile
    notANumber = elements.count { $0.isNaN }
    infinite = elements.count { $0.isInfinite }
    negativeVariances = tensor.nameInFile.hasSuffix("running_var") ? elements.count { $0 < 0 && $0.isFinite } : 0
    if notANumber + infinite + negativeVariances == 0 { return nil }
  }

  /// A text such as "fc.weight (3 NaN)".
  public var description: String {
    let counts = [(notANumber, "NaN"), (infinite, "infinite"), (negativeVariances, "negative variances")]
    let text = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\(printable(name)) (\(text))"
  }
}

extension StoredTensor {
  /// Reads the elements and returns their defects; nil if they are sound or integers.
  public func flaw() throws(WeightFileError) -> TensorFlaw? {
    elementType.isFloatingPoint ? flaw(in: try tensor()) : nil
  }

  /// Returns the defects of `elements`, which must be this tensor's own; nil if they are sound.
  public func flaw(in elements: Tensor) -> TensorFlaw? {
    elements.withUnsafeBufferPointer { TensorFlaw($0, of: self) }
  }
}
