import Tensors
import Testing

/// Returns the largest difference relative to the largest expected magnitude; infinite if only one side is NaN.
func relativeError(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  var difference = 0.0
  var magnitude = 0.0
  for (a, b) in zip(found, expected) {
    if a.isNaN != b.isNaN { return .infinity }
    if a.isNaN || a == b {
      magnitude = max(magnitude, b.isFinite ? abs(b) : 0)
      continue
    }
    difference = max(difference, abs(a - b))
    magnitude = max(magnitude, abs(b))
  }
  return difference == 0 ? 0 : difference / max(magnitude, 1e-30)
}

/// Records an issue unless shapes are equal and the error, relative to the largest expected magnitude, is within
/// `tolerance`.
func expectClose(
  _ found: Tensor, _ expected: Tensor, tolerance: Double = 1e-5, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.shape == expected.shape, "\(what)", sourceLocation: sourceLocation)
  let error = relativeError(found.elements.map(Double.init), expected.elements.map(Double.init))
  #expect(error <= tolerance, "\(what)", sourceLocation: sourceLocation)
}

/// The same, against a reference in double precision.
func expectClose(
  _ found: Tensor, _ expected: [Double], tolerance: Double = 1e-5, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let error = relativeError(found.elements.map(Double.init), expected)
  #expect(error <= tolerance, "\(what)", sourceLocation: sourceLocation)
}

/// Records an issue unless all bits are equal: for results that must not depend on threads or on the run.
func expectIdentical(
  _ found: Tensor, _ expected: Tensor, _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.shape == expected.shape, "\(what)", sourceLocation: sourceLocation)
  let differing = zip(found.elements, expected.elements).filter { $0.bitPattern != $1.bitPattern }.count
  #expect(differing == 0, "\(what)", sourceLocation: sourceLocation)
}
