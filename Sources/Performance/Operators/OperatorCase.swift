import Tensors

/// An operator on a shape that real networks have: how to run it, what it has to do, and what its result is held against.
public struct OperatorCase: Sendable {
  /// The operator, its algorithm where there are several, and the shape.
  public let name: String
  /// Of one run.
  public let work: Work
  /// Makes the operator's inputs, which are the same each time.
  public let prepare: @Sendable () -> PreparedOperator

  /// All cases, with batches of so many images.
  public static func all(images: Int) -> [OperatorCase] {
    convolutions(images: images) + norms(images: images) + poolings(images: images) + samplings(images: images)
      + updates(images: images)
  }
}

/// An operator with its inputs.
public struct PreparedOperator {
  /// Runs it once.
  public let run: () -> Void
  /// Throws `wrongResult` unless it gives what a slow and obvious reference gives, on one image.
  public let check: () throws(PerformanceError) -> Void
}

/// Throws unless all elements are as expected, up to `allowed` times the largest of them.
func require(
  _ found: Tensor, _ expected: [Double], allowed: Double, _ tensor: String, of name: String
) throws(PerformanceError) {
  var (difference, magnitude) = (0.0, 0.0)
  let isComparable = found.count == expected.count
  if isComparable {
    found.withUnsafeBufferPointer { found in
      for position in found.indices {
        let off = abs(Double(found[position]) - expected[position])
        // Written so that a NaN counts, and stays.
        if !(off <= difference), !difference.isNaN { difference = off }
        magnitude = max(magnitude, abs(expected[position]))
      }
    }
  }
  let error = isComparable ? difference / max(magnitude, .leastNormalMagnitude) : .infinity
  guard error <= allowed else {
    throw .wrongResult(operator: name, tensor: tensor, error: error, allowed: allowed)
  }
}

func require(
  _ found: Tensor, _ expected: Tensor, allowed: Double, _ tensor: String, of name: String
) throws(PerformanceError) {
  try require(found, expected.elements.map(Double.init), allowed: allowed, tensor, of: name)
}
