import Operators
import Tensors
import Testing

/// Sizes that are multiples of the tile and others, smaller than a tile, several blocks, one image and several.
let winogradShapes = [
  [1, 1, 1, 32], [1, 2, 3, 32], [2, 4, 4, 64], [1, 5, 9, 32], [3, 13, 14, 96], [1, 33, 47, 64], [4, 7, 7, 544],
]
private let strides = [1, 2]

@Suite struct WinogradTests {
  private func geometry(_ shape: [Int], stride: Int = 1, padding: Int = 1) -> Conv2DGeometry {
    Conv2DGeometry(inputChannels: shape[3], outputChannels: 64, kernel: 3, stride: stride, padding: padding)
  }

  private func features(_ shape: [Int]) -> Features {
    Features(
      randomTensor(shape, seed: 1),
      prologue: Features.Prologue(
        scale: randomTensor([shape[3]], seed: 5, in: 0.5...1.5), shift: randomTensor([shape[3]], seed: 6), relu: true))
  }

  @Test(arguments: Conv2DAlgorithm.allCases, strides) func noImagesGiveNoOutputs(
    _ algorithm: Conv2DAlgorithm, _ stride: Int
  ) {
    let shape = [0, 8, 8, 32]
    let geometry = geometry(shape, stride: stride)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let (y, statistics) = conv2dWithStatistics(features(shape), ForwardWeights(weight, geometry, by: algorithm))
    #expect(y.count == 0 && statistics.rows == 0 && statistics.variance.allSatisfy { $0 == 0 })
    let dx = conv2dBackwardData(y, BackwardWeights(weight, geometry, by: algorithm), inputShape: shape)
    #expect(dx.count == 0)
    var dw = weight
    conv2dBackwardWeight(features(shape), y, geometry, by: algorithm, into: &dw)
    expectIdentical(dw, weight, "dw")
    #expect(globalAveragePoolBackward(randomTensor([2, 64], seed: 1), inputShape: [2, 0, 0, 64]).count == 0)
  }

  @Test(arguments: winogradShapes, strides) func equalsTheDefinition(_ shape: [Int], _ stride: Int) {
    let geometry = geometry(shape, stride: stride)
    #expect(Conv2DAlgorithm.best(for: geometry) == .winograd)
    let x = features(shape)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let dy = randomTensor(geometry.outputShape(shape), seed: 3)
    let plain = x.materialized()
    expectClose(
      conv2d(x, ForwardWeights(weight, geometry)), Conv2DReference.forward(plain, weight, geometry), tolerance: 5e-6,
      "y")
    let expected = Conv2DReference.backward(plain, weight, dy, geometry)
    expectClose(
      conv2dBackwardData(dy, BackwardWeights(weight, geometry), inputShape: shape), expected.dx, tolerance: 5e-6, "dx")
    var dw = Tensor(repeating: 1, shape: geometry.weightShape)
    conv2dBackwardWeight(x, dy, geometry, into: &dw)
    expectClose(dw, Tensor(expected.dw.elements.map { $0 + 1 }, shape: dw.shape), tolerance: 5e-6, "dw")
  }

  @Test(arguments: [0, 2]) func equalsTheDirectAlgorithmUnderOtherPaddings(_ padding: Int) {
    let shape = [2, 11, 6, 32]
    let geometry = geometry(shape, padding: padding)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let dy = randomTensor(geometry.outputShape(shape), seed: 3)
    func results(_ algorithm: Conv2DAlgorithm) -> [Tensor] {
      var dw = Tensor.zeros(geometry.weightShape)
      conv2dBackwardWeight(features(shape), dy, geometry, by: algorithm, into: &dw)
      return [
        conv2d(features(shape), ForwardWeights(weight, geometry, by: algorithm)),
        conv2dBackwardData(dy, BackwardWeights(weight, geometry, by: algorithm), inputShape: shape), dw,
      ]
    }
    for (winograd, direct) in zip(results(.winograd), results(.direct)) {
      expectClose(winograd, direct, tolerance: 5e-6)
    }
  }

  @Test(arguments: strides) func epilogueAndStatisticsEqualTheDirectAlgorithms(_ stride: Int) {
    let shape = [2, 30, 17, 64]
    let geometry = geometry(shape, stride: stride)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let bias = randomTensor([64], seed: 3)
    let residual = randomTensor(geometry.outputShape(shape), seed: 4)
    let input = randomTensor(shape, seed: 7)
    let (winograd, direct) = (
      ForwardWeights(weight, geometry, by: .winograd), ForwardWeights(weight, geometry, by: .direct)
    )
    expectClose(
      conv2d(features(shape), winograd, bias: bias, residual: residual, relu: true),
      conv2d(features(shape), direct, bias: bias, residual: residual, relu: true), tolerance: 5e-6)
    func dx(_ algorithm: Conv2DAlgorithm) -> Tensor {
      let weights = BackwardWeights(weight, geometry, by: algorithm)
      return conv2dBackwardData(residual, weights, inputShape: shape, residual: input)
    }
    expectClose(dx(.winograd), dx(.direct), tolerance: 5e-6)
    let found = conv2dWithStatistics(features(shape), winograd).statistics
    let expected = conv2dWithStatistics(features(shape), direct).statistics
    for channel in 0..<64 {
      #expect(abs(found.mean[channel] - expected.mean[channel]) < 1e-4 * expected.variance[channel].squareRoot())
      #expect(abs(found.variance[channel] - expected.variance[channel]) < 1e-4 * expected.variance[channel])
    }
    #expect(found.rows == expected.rows)
  }

  @Test func declinesWhatItCannotDo() {
    for geometry in [
      Conv2DGeometry(inputChannels: 64, outputChannels: 64, kernel: 3, stride: 2, padding: 0),
      Conv2DGeometry(inputChannels: 64, outputChannels: 64, kernel: 3, stride: 3, padding: 1),
      Conv2DGeometry(inputChannels: 2048, outputChannels: 2048, kernel: 3, stride: 2, padding: 1),  // could, but slower
      Conv2DGeometry(inputChannels: 64, outputChannels: 64, kernel: 1),
      Conv2DGeometry(inputChannels: 63, outputChannels: 64, kernel: 3, padding: 1),
      Conv2DGeometry(inputChannels: 64, outputChannels: 65, kernel: 3, padding: 1),
    ] {
      #expect(Conv2DAlgorithm.best(for: geometry) == .direct)
    }
  }

  @Test(arguments: strides) func resultsDoNotDependOnThreads(_ stride: Int) {
    let shape = [3, 29, 30, 64]
    let geometry = geometry(shape, stride: stride)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let dy = randomTensor(geometry.outputShape(shape), seed: 3)
    expectThreadIndependent("Winograd") {
      let (y, statistics) = conv2dWithStatistics(features(shape), ForwardWeights(weight, geometry))
      var dw = Tensor.zeros(geometry.weightShape)
      conv2dBackwardWeight(features(shape), dy, geometry, into: &dw)
      let dx = conv2dBackwardData(dy, BackwardWeights(weight, geometry), inputShape: shape)
      return [y, dx, dw, Tensor(statistics.variance.map(Float.init), shape: [64])]
    }
  }
}
