/// What a weight file holds, tensor by tensor, for a reader.
public struct WeightInspection: Sendable {
  public struct Row: Sendable, Equatable {
    public let name: String
    public let elementType: ElementType
    public let shape: [Int]
    /// The mean of the elements; NaN without elements.
    public let mean: Double
    /// The standard deviation of the elements, divided by their number; NaN without elements.
    public let standardDeviation: Double
    /// How many elements are infinite or no number, which a sound network has none of.
    public let nonFiniteCount: Int
  }

  public let format: WeightFile.Format
  public let metadata: [String: String]
  public let rows: [Row]
  public let leftOut: [WeightFile.LeftOut]

  /// The number of elements in all tensors.
  public var elementCount: Int { rows.reduce(0) { $0 + $1.shape.reduce(1, *) } }

  /// Reads every tensor once, one at a time.
  public init(of file: WeightFile) throws(WeightFileError) {
    format = file.format
    metadata = file.metadata
    leftOut = file.leftOut
    var rows: [Row] = []
    for tensor in file.tensors { rows.append(try Row(tensor)) }
    self.rows = rows
  }
}

extension WeightInspection.Row {
  /// Reads the elements of the tensor once.
  public init(_ tensor: StoredTensor) throws(WeightFileError) {
    name = tensor.name
    elementType = tensor.elementType
    shape = tensor.shape
    if tensor.elementType.isFloatingPoint {
      (mean, standardDeviation, nonFiniteCount) = try tensor.tensor().withUnsafeBufferPointer {
        moments($0) { Double($0) }
      }
    } else {
      (mean, standardDeviation, nonFiniteCount) = try tensor.integers().withUnsafeBufferPointer {
        moments($0) { Double($0) }
      }
    }
  }
}

/// Mean, standard deviation and the number of values that are not finite, in two passes in double precision.
private func moments<Element>(
  _ elements: UnsafeBufferPointer<Element>, _ double: (Element) -> Double
) -> (Double, Double, Int) {
  let count = Double(elements.count)
  let mean = elements.reduce(0) { $0 + double($1) } / count
  let variance = elements.reduce(0) { $0 + (double($1) - mean) * (double($1) - mean) } / count
  return (mean, variance.squareRoot(), elements.count { !double($0).isFinite })
}
