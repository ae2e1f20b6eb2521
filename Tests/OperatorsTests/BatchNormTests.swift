import Operators
import Tensors
import Testing

@Suite struct BatchNormTests {
  private let channels = 21
  private var y: Tensor { randomTensor([2, 9, 31, channels], seed: 1, in: -2...3) }
  private var weight: Tensor { randomTensor([channels], seed: 2, in: -1.5...1.5) }
  private var bias: Tensor { randomTensor([channels], seed: 3) }

  private func norm(_ y: Tensor, _ weight: Tensor, _ bias: Tensor, relu: Bool) -> BatchNorm {
    let statistics = BatchStatistics(of: y)
    return BatchNorm(
      weight: weight, bias: bias, mean: statistics.mean, variance: statistics.variance, relu: relu)
  }

  private func output(_ y: Tensor, _ weight: Tensor, _ bias: Tensor, relu: Bool, shortcut: Tensor? = nil) -> Tensor {
    residualJoin(y, prologue: norm(y, weight, bias, relu: relu).prologue, shortcut: shortcut.map { Features($0) })
  }

  @Test func normalisesToTheWeightsAndBias() {
    let z = output(y, weight, bias, relu: false)
    let rows = z.count / channels
    for c in 0..<channels {
      let values = (0..<rows).map { Double(z[$0 * channels + c]) }
      let mean = values.reduce(0, +) / Double(rows)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      #expect(abs(mean - Double(bias[c])) < 1e-4)
      #expect(abs(variance.squareRoot() - abs(Double(weight[c]))) < 1e-3)
    }
  }

  @Test func gradientsAreThoseOfDifferences() {
    let dz = randomTensor(y.shape, seed: 4)
    var gradient = dz
    let backward = norm(y, weight, bias, relu: false).gradients(&gradient, y: y, mask: .open, inPlace: true)
    expectGradient(backward.dy, at: y, tolerance: 3e-3, "dy") { inner(output($0, weight, bias, relu: false), dz) }
    expectGradient(backward.dWeight, at: weight, tolerance: 3e-3, "dWeight") {
      inner(output(y, $0, bias, relu: false), dz)
    }
    expectGradient(backward.dBias, at: bias, tolerance: 3e-3, "dBias") { inner(output(y, weight, $0, relu: false), dz) }
  }

  @Test func gradientsAreAddedToThoseThatAreThere() {
    let (dz, before) = (randomTensor(y.shape, seed: 4), randomTensor([channels], seed: 5))
    let norm = norm(y, weight, bias, relu: true)
    var (first, second, dWeight, dBias) = (dz, dz, before, before)
    let alone = norm.gradients(&first, y: y, mask: .recomputed, inPlace: true)
    let dy = norm.backward(&second, y: y, mask: .recomputed, inPlace: true, dWeight: &dWeight, dBias: &dBias)
    expectIdentical(dy, alone.dy, "dy")
    for (found, added) in [(dWeight, alone.dWeight), (dBias, alone.dBias)] {
      expectIdentical(found, Tensor(count: channels) { before[$0] + added[$0] }, "gradient")
    }
  }

  @Test func aRecomputedGateLetsThroughWhatTheReLULetThrough() {
    let z = output(y, weight, bias, relu: true)
    var dz = randomTensor(y.shape, seed: 4)
    var gated = Tensor(zip(dz.elements, z.elements).map { $1 > 0 ? $0 : 0 }, shape: dz.shape)
    let found = norm(y, weight, bias, relu: true).gradients(&dz, y: y, mask: .recomputed, inPlace: true)
    let expected = norm(y, weight, bias, relu: true).gradients(&gated, y: y, mask: .open, inPlace: true)
    expectClose(found.dy, expected.dy, tolerance: 1e-6)
    expectClose(found.dWeight, expected.dWeight, tolerance: 1e-6)
    expectClose(found.dBias, expected.dBias, tolerance: 1e-6)
  }

  @Test func aGateByTheJointsOutputAlsoGatesTheShortcut() {
    let shortcut = randomTensor(y.shape, seed: 7)
    let dz = randomTensor(y.shape, seed: 4)
    let z = output(y, weight, bias, relu: true, shortcut: shortcut)
    var gated = dz
    let backward = norm(y, weight, bias, relu: true).gradients(&gated, y: y, mask: .output(z), inPlace: false)
    #expect(gated.elements == zip(dz.elements, z.elements).map { $1 > 0 ? $0 : 0 })

    var again = gated
    let plain = norm(y, weight, bias, relu: true).gradients(&again, y: y, mask: .open, inPlace: true)
    expectClose(backward.dy, plain.dy, tolerance: 1e-6)
    expectClose(backward.dWeight, plain.dWeight, tolerance: 1e-6)
  }

  @Test func statisticsOfShiftedValuesDoNotCancel() {
    let shifted = Tensor(y.elements.map { $0 + 10_000 }, shape: y.shape)
    let statistics = BatchStatistics(of: shifted)
    let plain = BatchStatistics(of: y)
    for c in 0..<channels {
      #expect(abs(statistics.variance[c] - plain.variance[c]) < 1e-3 * plain.variance[c])
      #expect(abs(statistics.unbiasedVariance[c] - statistics.variance[c] * 558 / 557) < 1e-9)
    }
  }

  @Test func resultsDoNotDependOnThreads() {
    let large = randomTensor([4, 30, 30, channels], seed: 9)
    expectThreadIndependent("batch norm") {
      var dz = large
      let backward = norm(large, weight, bias, relu: true).gradients(&dz, y: large, mask: .recomputed, inPlace: true)
      return [backward.dy, backward.dWeight, backward.dBias, output(large, weight, bias, relu: true, shortcut: large)]
    }
  }
}
