import Tensors
import Testing

/// Compares `gradient` with central differences of `loss` around `x`.
///
/// Moves up to `samples` single elements, and once all of them along a random direction, so that every element is
/// covered. Errors are relative to the largest magnitude found, for the direction to the norm of the gradient. If the
/// loss is linear in `x`, any step works; otherwise the step balances curvature against float32's rounding.
func expectGradient(
  _ gradient: Tensor, at x: Tensor, step: Float = 1e-2, tolerance: Double = 1e-3, samples: Int = 48,
  _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation, loss: (Tensor) -> Double
) {
  #expect(gradient.shape == x.shape, "\(what)", sourceLocation: sourceLocation)
  guard gradient.count == x.count, x.count > 0 else { return }
  let errors = gradientErrors(gradient, at: x, step: step, samples: samples, loss: loss)
  #expect(errors.ofElements <= tolerance, "\(what): single elements", sourceLocation: sourceLocation)
  #expect(errors.ofDirection <= tolerance, "\(what): a random direction", sourceLocation: sourceLocation)
}

/// Returns the errors of `gradient` against central differences, by single elements and along a random direction.
func gradientErrors(
  _ gradient: Tensor, at x: Tensor, step: Float, samples: Int, loss: (Tensor) -> Double
) -> (ofElements: Double, ofDirection: Double) {
  var generator = SeededGenerator(seed: 11, purpose: "numeric gradient")
  var positions = Array(0..<x.count)
  positions.shuffle(using: &generator)
  let sampled = positions.prefix(samples)
  let numeric = sampled.map { slope(of: loss, at: x, along: [($0, 1)], step: step) }
  let ofElements = relativeError(sampled.map { Double(gradient[$0]) }, numeric)

  let direction = positions.map { ($0, generator.next() & 1 == 0 ? Float(1) : -1) }
  let expected = slope(of: loss, at: x, along: direction, step: step)
  let found = direction.reduce(0.0) { $0 + Double($1.1) * Double(gradient[$1.0]) }
  let norm = gradient.elements.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  // Equal infinities or NaNs do not count as agreement: a NaN here fails every comparison.
  return (ofElements, abs(found - expected) / max(norm, abs(expected), 1e-30))
}

/// Returns the central difference of `loss` along a direction given by position, divided by the step actually taken.
private func slope(of loss: (Tensor) -> Double, at x: Tensor, along direction: [(Int, Float)], step: Float) -> Double {
  var (above, below) = (x, x)
  var (taken, asked) = (0.0, 0.0)
  for (position, weight) in direction {
    above[position] = x[position] + step * weight
    below[position] = x[position] - step * weight
    taken += abs(Double(above[position]) - Double(below[position]))
    asked += abs(Double(weight))
  }
  return (loss(above) - loss(below)) / (taken / asked)
}
