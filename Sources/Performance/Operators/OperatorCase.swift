import Tensors

/// An operator on a shape from real networks: how to run it, the work it does, and how to check its result.
public struct OperatorCase: Sendable {
  /// The operator, its algorithm if there are several, and the shape.
  public let name: String
  /// The work of one run.
  public let work: Work
  /// Creates the operator's inputs, which are the same each time.
  public let prepare: @Sendable () -> PreparedOperator

  /// Returns all cases, with `images` images per batch.
  public static func all(images: Int) -> [OperatorCase] {
    convolutions(images: images) + norms(images: images) + poolings(images: images) + samplings(images: images)
      + updates(images: images)
  }
}

/// An operator with its inputs.
public struct PreparedOperator {
  /// Runs the operator once.
  public let run: () -> Void
  /// Throws `wrongResult` unless the result on one image matches a simple, slow reference.
  public let check: () throws(PerformanceError) -> Void
}

/// Throws `wrongResult` unless every element is as expected, within `allowed` times the largest expected magnitude.
func require(
  _ found: Tensor, _ expected: [Double], allowed: Double, _ tensor: String, of name: String
) throws(PerformanceError) {
  var (difference, magnitude) = (0.0, 0.0)
  let isComparable = found.count == expected.count
  if isComparable {
    found.withUnsafeBufferPointer { found in
      for position in found.indices {
        let off = abs(Double(found[position]) - expected[position])
        // Written so that a NaN is recorded and kept.
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
