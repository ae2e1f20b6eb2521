/// A summary of one tensor of a weight file, for a human reader.
public struct TensorInspection: Sendable, Equatable {
  public let name: String
  public let elementType: ElementType
  public let shape: [Int]
  /// The mean of the elements; NaN if there are none.
  public let mean: Double
  /// The standard deviation of the elements (divided by N, not N - 1); NaN if there are none.
  public let standardDeviation: Double
  /// Defects that no sound network has: infinite or NaN elements, negative variances.
  public let flaw: TensorFlaw?

  /// Reads the tensor's elements once.
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

/// Returns mean and standard deviation, in two passes in double precision.
private func moments<Element>(
  _ elements: UnsafeBufferPointer<Element>, _ double: (Element) -> Double
) -> (Double, Double) {
  let count = Double(elements.count)
  let mean = elements.reduce(0) { $0 + double($1) } / count
  let variance = elements.reduce(0) { $0 + (double($1) - mean) * (double($1) - mean) } / count
  return (mean, variance.squareRoot())
}
