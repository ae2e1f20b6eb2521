/// What one tensor of a weight file holds, for a reader.
public struct TensorInspection: Sendable, Equatable {
  public let name: String
  public let elementType: ElementType
  public let shape: [Int]
  /// The mean of the elements; NaN without elements.
  public let mean: Double
  /// The standard deviation of the elements, divided by their number; NaN without elements.
  public let standardDeviation: Double
  /// What no sound network has: infinite elements, elements that are no numbers, negative variances.
  public let flaw: TensorFlaw?

  /// Reads the elements of the tensor once.
  public init(_ tensor: StoredTensor) throws(WeightFileError) {
    name = tensor.name
    elementType = tensor.elementType
    shape = tensor.shape
    if tensor.elementType.isFloatingPoint {
      let elements = try tensor.tensor()
      (mean, standardDeviation) = elements.withUnsafeBufferPointer { moments($0) { Double($0) } }
      flaw = tensor.flaw(in: elements)
    } else if tensor.elementType == .uint64 {  // of which some are no Int64
      (mean, standardDeviation) = try tensor.bytes().withUnsafeBytes { bytes in
        moments(bytes.bindMemory(to: UInt64.self)) { Double($0) }
      }
      flaw = nil
    } else {
      (mean, standardDeviation) = try tensor.integers().withUnsafeBufferPointer { moments($0) { Double($0) } }
      flaw = nil
    }
  }
}

/// Mean and standard deviation, in two passes in double precision.
private func moments<Element>(
  _ elements: UnsafeBufferPointer<Element>, _ double: (Element) -> Double
) -> (Double, Double) {
  let count = Double(elements.count)
  let mean = elements.reduce(0) { $0 + double($1) } / count
  let variance = elements.reduce(0) { $0 + (double($1) - mean) * (double($1) - mean) } / count
  return (mean, variance.squareRoot())
}
