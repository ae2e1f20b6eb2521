import Layers
import Operators
import Tensors
import Testing

@Suite struct ConvNormTests {
  private let geometry = Conv2DGeometry(inputChannels: 5, outputChannels: 7, kernel: 3, stride: 2, padding: 1)

  private func layer() -> ConvNorm {
    ConvNorm(geometry, conv: "conv", norm: "norm", by: Initialization(seed: 3))
  }

  private func images(_ seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed, purpose: "test")
    return Tensor((0..<2 * 8 * 6 * 5).map { _ in generator.uniform() * 4 - 1 }, shape: [2, 8, 6, 5])
  }

  @Test func runningStatisticsMoveByATenthTowardsTheBatch() {
    let layer = layer()
    let x = images(1)
    let statistics = BatchStatistics(of: conv2d(Features(x), ForwardWeights(layer.weight.value, geometry)))
    _ = layer.forward(Features(x), relu: true, .update)
    for c in 0..<7 {
      #expect(abs(Double(layer.runningMean.value[c]) - 0.1 * statistics.mean[c]) < 1e-5)
      #expect(abs(Double(layer.runningVariance.value[c]) - (0.9 + 0.1 * statistics.unbiasedVariance[c])) < 1e-5)
    }
    let kept = layer.runningMean.value.elements
    _ = layer.forward(Features(images(2)), relu: true, .keep)
    #expect(layer.runningMean.value.elements == kept)
  }

  @Test func foldingEqualsNormalisingByRunningStatistics() {
    let layer = layer()
    for seed in 1...5 { _ = layer.forward(Features(images(UInt64(seed))), relu: true, .update) }
    layer.normWeight.value = Tensor((0..<7).map { 0.5 - 0.3 * Float($0) }, shape: [7])
    layer.normBias.value = Tensor((0..<7).map { Float($0) - 3 }, shape: [7])
    let x = images(9)
    let y = conv2d(Features(x), ForwardWeights(layer.weight.value, geometry))
    let z = layer.evaluate(x, relu: true)
    for position in 0..<z.count {
      let c = position % 7
      let deviation = (Double(layer.runningVariance.value[c]) + 1e-5).squareRoot()
      let normal = (Double(y[position]) - Double(layer.runningMean.value[c])) / deviation
      let expected = max(0, normal * Double(layer.normWeight.value[c]) + Double(layer.normBias.value[c]))
      #expect(abs(Double(z[position]) - expected) < 1e-4)
    }
  }

  @Test func whatIsDerivedFromWeightsFollowsTheirChanges() {
    let layer = layer()
    let x = images(1)
    let before = layer.evaluate(x, relu: false)
    layer.weight.value = Tensor(layer.weight.value.elements.map { 2 * $0 }, shape: geometry.weightShape)
    let after = layer.evaluate(x, relu: false)
    for position in 0..<before.count { #expect(abs(after[position] - 2 * before[position]) < 1e-5) }
  }

  @Test func gradientsAdd() throws {
    let layer = layer()
    let (z, tape) = layer.forward(Features(images(1)), relu: true, .keep)
    let dz = Tensor(repeating: 1, shape: z.tensor.shape)
    _ = layer.backward(dz, tape, mask: .recomputed)
    let once = layer.weight.gradient.elements
    _ = layer.backward(dz, tape, mask: .recomputed)
    for (twice, once) in zip(layer.weight.gradient.elements, once) {
      #expect(abs(twice - 2 * once) <= 1e-5 + 1e-4 * abs(once))
    }
    layer.zeroGradients()
    #expect(layer.weight.gradient.elements.allSatisfy { $0 == 0 })
  }

  @Test func initialWeightsKeepToTheirRules() {
    let initial = Initialization(seed: 1)
    let uniform = initial.uniform([40, 50], fanIn: 25, name: "a")
    #expect(uniform.elements.allSatisfy { abs($0) <= 0.2 } && uniform.elements.contains { abs($0) > 0.19 })
    let normal = initial.heNormal([100, 100], fanOut: 50, name: "a").elements
    let variance = normal.reduce(0) { $0 + $1 * $1 } / Float(normal.count)
    #expect(abs(variance - 0.04) < 0.002)
    #expect(initial.uniform([4], fanIn: 1, name: "a").elements != initial.uniform([4], fanIn: 1, name: "b").elements)
  }
}
