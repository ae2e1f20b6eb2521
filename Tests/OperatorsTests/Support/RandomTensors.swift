import Tensors

/// Returns values drawn uniformly from `range`, the same for the same seed.
func randomTensor(_ shape: [Int], seed: UInt64 = 1, in range: ClosedRange<Double> = -1...1) -> Tensor {
  var generator = SeededGenerator(seed: seed, purpose: "test tensor")
  let elements = (0..<shape.reduce(1, *)).map { _ in Float(generator.uniform(range.lowerBound, range.upperBound)) }
  return Tensor(elements, shape: shape)
}

/// Returns the inner product in double precision: a fixed `weight` turns any result into a scalar loss.
func inner(_ x: Tensor, _ weight: Tensor) -> Double {
  precondition(x.count == weight.count, "\(x.shape) and \(weight.shape) differ in count")
  return zip(x.elements, weight.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
