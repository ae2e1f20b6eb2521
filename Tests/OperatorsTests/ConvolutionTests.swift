import Operators
import Tensors
import Testing

/// Shapes that reach every path: odd sizes, one pixel, one image, channels below, at and beyond the vectors' widths,
/// strides that leave pixels unread, phases without taps, many depth runs, few rows and many.
let convolutionCases: [(shape: [Int], geometry: Conv2DGeometry)] = [
  ([1, 1, 1, 1], Conv2DGeometry(inputChannels: 1, outputChannels: 1, kernel: 1)),
  ([2, 5, 7, 3], Conv2DGeometry(inputChannels: 3, outputChannels: 5, kernel: 3, padding: 1)),
  ([1, 17, 13, 3], Conv2DGeometry(inputChannels: 3, outputChannels: 20, kernel: 7, stride: 2, padding: 3)),
  ([3, 9, 8, 16], Conv2DGeometry(inputChannels: 16, outputChannels: 33, kernel: 3, stride: 2, padding: 1)),
  ([2, 6, 6, 40], Conv2DGeometry(inputChannels: 40, outputChannels: 31, kernel: 1, stride: 2)),
  ([1, 4, 4, 700], Conv2DGeometry(inputChannels: 700, outputChannels: 9, kernel: 3, padding: 1)),
  ([2, 12, 11, 64], Conv2DGeometry(inputChannels: 64, outputChannels: 64, kernel: 3, padding: 1)),
  ([1, 8, 9, 6], Conv2DGeometry(inputChannels: 6, outputChannels: 4, kernel: 5, stride: 3, padding: 2)),
  ([1, 7, 7, 4], Conv2DGeometry(inputChannels: 4, outputChannels: 6, kernel: 2, stride: 3)),
  ([2, 18, 17, 3], Conv2DGeometry(inputChannels: 3, outputChannels: 64, kernel: 7, stride: 2, padding: 3)),
  ([1, 9, 7, 2], Conv2DGeometry(inputChannels: 2, outputChannels: 10, kernel: 3, stride: 3, padding: 0)),
  ([4, 20, 20, 8], Conv2DGeometry(inputChannels: 8, outputChannels: 70, kernel: 1)),
  ([2, 24, 23, 3], Conv2DGeometry(inputChannels: 3, outputChannels: 16, kernel: 7, stride: 2, padding: 3)),
  ([1, 14, 15, 16], Conv2DGeometry(inputChannels: 16, outputChannels: 8, kernel: 3, padding: 1)),
]

private func prologue(_ channels: Int, relu: Bool) -> Features.Prologue {
  Features.Prologue(
    scale: randomTensor([channels], seed: 5, in: 0.5...1.5), shift: randomTensor([channels], seed: 6), relu: relu)
}

@Suite struct ConvolutionTests {
  @Test(arguments: convolutionCases.indices) func forwardEqualsTheDefinition(_ index: Int) {
    let (shape, geometry) = convolutionCases[index]
    let x = randomTensor(shape, seed: 1)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let y = conv2d(Features(x), ForwardWeights(weight, geometry))
    expectClose(y, Conv2DReference.forward(x, weight, geometry), tolerance: 2e-6)
  }

  @Test(arguments: convolutionCases.indices) func readingThroughANormEqualsNormalisingFirst(_ index: Int) {
    let (shape, geometry) = convolutionCases[index]
    let x = randomTensor(shape, seed: 1)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    for relu in [false, true] {
      let features = Features(x, prologue: prologue(shape[3], relu: relu))
      let y = conv2d(features, ForwardWeights(weight, geometry))
      expectClose(y, Conv2DReference.forward(features.materialized(), weight, geometry), tolerance: 2e-6)
    }
  }

  @Test(arguments: convolutionCases.indices) func backwardEqualsTheDefinition(_ index: Int) {
    let (shape, geometry) = convolutionCases[index]
    let features = Features(
      randomTensor(shape, seed: 1), prologue: index % 2 == 0 ? nil : prologue(shape[3], relu: true))
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let dy = randomTensor(geometry.outputShape(shape), seed: 3)
    let residual = randomTensor(shape, seed: 4)
    let expected = Conv2DReference.backward(features.materialized(), weight, dy, geometry)
    let packed = BackwardWeights(weight, geometry)
    expectClose(conv2dBackwardData(dy, packed, inputShape: shape), expected.dx, tolerance: 2e-6, "dx")

    let sum = Tensor(zip(expected.dx.elements, residual.elements).map { $0 + $1 }, shape: shape)
    expectClose(
      conv2dBackwardData(dy, packed, inputShape: shape, residual: residual), sum, tolerance: 2e-6, "dx + residual")

    var dw = Tensor.zeros(geometry.weightShape)
    conv2dBackwardWeight(features, dy, geometry, into: &dw)
    expectClose(dw, expected.dw, tolerance: 2e-6, "dw")
    conv2dBackwardWeight(features, dy, geometry, into: &dw)
    expectClose(dw, Tensor(expected.dw.elements.map { 2 * $0 }, shape: dw.shape), tolerance: 2e-6, "dw adds")
  }

  @Test(arguments: convolutionCases.indices) func phasesDoneApartEqualTheDefinition(_ index: Int) {
    let (shape, geometry) = convolutionCases[index]
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let dy = randomTensor(geometry.outputShape(shape), seed: 3)
    let expected = Conv2DReference.backward(randomTensor(shape, seed: 1), weight, dy, geometry).dx
    let apart = BackwardWeights(weight, geometry, by: .direct)
    expectClose(conv2dBackwardData(dy, apart, inputShape: shape), expected, tolerance: 2e-6)
  }

  @Test func gradientsAreThoseOfDifferences() {
    let geometry = Conv2DGeometry(inputChannels: 5, outputChannels: 7, kernel: 3, stride: 2, padding: 1)
    let x = randomTensor([2, 7, 6, 5], seed: 1)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let dy = randomTensor(geometry.outputShape(x.shape), seed: 3)
    expectGradient(conv2dBackwardData(dy, BackwardWeights(weight, geometry), inputShape: x.shape), at: x) {
      inner(conv2d(Features($0), ForwardWeights(weight, geometry)), dy)
    }
    var dw = Tensor.zeros(geometry.weightShape)
    conv2dBackwardWeight(Features(x), dy, geometry, into: &dw)
    expectGradient(dw, at: weight) { inner(conv2d(Features(x), ForwardWeights($0, geometry)), dy) }
  }

  @Test func epilogueAddsBiasAndResidualThenClips() {
    let geometry = Conv2DGeometry(inputChannels: 19, outputChannels: 37, kernel: 3, padding: 1)
    let x = randomTensor([2, 9, 10, 19], seed: 1)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let bias = randomTensor([37], seed: 3)
    let residual = randomTensor([2, 9, 10, 37], seed: 4, in: -9...9)
    let packed = ForwardWeights(weight, geometry)
    let plain = conv2d(Features(x), packed)
    let expected = plain.elements.indices.map { max(0, plain[$0] + bias[$0 % 37] + residual[$0]) }
    expectClose(
      conv2d(Features(x), packed, bias: bias, residual: residual, relu: true),
      Tensor(expected, shape: plain.shape), tolerance: 1e-6)
  }

  @Test func statisticsAreThoseOfTheOutput() {
    let geometry = Conv2DGeometry(inputChannels: 11, outputChannels: 45, kernel: 3, padding: 1)
    let x = randomTensor([3, 15, 13, 11], seed: 1, in: 99...101)
    let (y, statistics) = conv2dWithStatistics(
      Features(x), ForwardWeights(randomTensor(geometry.weightShape, seed: 2), geometry))
    let rows = y.count / 45
    for channel in 0..<45 {
      let values = (0..<rows).map { Double(y[$0 * 45 + channel]) }
      let mean = values.reduce(0, +) / Double(rows)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      // A sum's rounding error scales with its terms: at borders, where half the taps see padding, far from the mean.
      let largest = values.map(abs).max() ?? 0
      #expect(abs(statistics.mean[channel] - mean) <= 1e-6 * max(1, largest))
      #expect(abs(statistics.variance[channel] - variance) <= 1e-4 * variance)
    }
    let apart = BatchStatistics(of: y)
    for channel in 0..<45 {
      #expect(abs(statistics.mean[channel] - apart.mean[channel]) <= 1e-5 * apart.variance[channel].squareRoot())
      #expect(abs(statistics.variance[channel] - apart.variance[channel]) <= 1e-4 * apart.variance[channel])
    }
    #expect(statistics.rows == apart.rows && apart.rows == rows)
  }

  @Test func resultsDoNotDependOnThreads() {
    let geometry = Conv2DGeometry(inputChannels: 24, outputChannels: 40, kernel: 3, stride: 2, padding: 1)
    let x = randomTensor([4, 33, 31, 24], seed: 1)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let dy = randomTensor(geometry.outputShape(x.shape), seed: 3)
    expectThreadIndependent("convolution") {
      let (y, statistics) = conv2dWithStatistics(Features(x), ForwardWeights(weight, geometry))
      let dx = conv2dBackwardData(dy, BackwardWeights(weight, geometry), inputShape: x.shape)
      var dw = Tensor.zeros(geometry.weightShape)
      conv2dBackwardWeight(Features(x), dy, geometry, into: &dw)
      return [y, dx, dw, Tensor(statistics.mean.map(Float.init), shape: [40])]
    }
  }
}
