import Foundation
import Operators
import Tensors
import Testing

/// Returns floats that bf16 represents exactly.
private func randomRounded(_ shape: [Int], seed: UInt64, in range: ClosedRange<Double> = -1...1) -> Tensor {
  randomTensor(shape, seed: seed, in: range).converted(to: .bf16).converted(to: .fp32)
}

/// Records an issue unless each value is the expected one rounded once, within half a unit in the last of 8 bits plus
/// the error of sums in another order.
private func expectRounded(
  _ found: Tensor, _ expected: Tensor, tolerance: Double = 2e-6, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.precision == .bf16 && found.shape == expected.shape, "\(what)", sourceLocation: sourceLocation)
  let largest = expected.elements.reduce(0) { max($0, abs(Double($1))) }
  let wrong = zip(found.converted(to: .fp32).elements, expected.elements).filter { found, expected in
    !(abs(Double(found) - Double(expected)) <= abs(Double(expected)) / 256 + tolerance * largest)
  }
  #expect(wrong.isEmpty, "\(what): \(wrong.prefix(3))", sourceLocation: sourceLocation)
}

private func prologue(_ channels: Int) -> Features.Prologue {
  Features.Prologue(
    scale: randomTensor([channels], seed: 5, in: 0.5...1.5), shift: randomTensor([channels], seed: 6), relu: true)
}

@Suite struct BFloat16ConversionTests {
  /// Returns the nearest float with a zero lower half, ties to even; NaN stays NaN; below 2^-126 becomes zero.
  private func rounded(_ value: Float) -> Float {
    guard !value.isNaN else { return value }
    guard value.magnitude >= .leastNormalMagnitude else { return value.sign == .minus ? -0.0 : 0 }
    guard value.isFinite else { return value }
    let below = Float(bitPattern: value.bitPattern & 0xffff_0000)
    let above = Float(bitPattern: (value.bitPattern & 0xffff_0000) &+ 0x1_0000)
    let (toBelow, toAbove) = (abs(Double(value) - Double(below)), abs(Double(value) - aboveOrEnd(above, below)))
    if toBelow != toAbove { return toBelow < toAbove ? below : above }
    return below.bitPattern & 0x1_0000 == 0 ? below : above
  }

  /// Returns the number that infinity stands in for.
  private func aboveOrEnd(_ above: Float, _ below: Float) -> Double {
    above.isInfinite ? 2 * Double(below) - Double(Float(bitPattern: below.bitPattern - 0x1_0000)) : Double(above)
  }

  @Test func roundsToNearestTiesToEven() {
    var generator = SeededGenerator(seed: 1, purpose: "bits")
    var values = (0..<100_000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: generator.next())) }
    for upper in stride(from: UInt32(0), through: 0xffff, by: 7) {
      for lower: UInt32 in [0, 1, 0x7fff, 0x8000, 0x8001, 0xffff] {
        values.append(Float(bitPattern: upper << 16 | lower))
      }
    }
    values += [.infinity, -.infinity, .nan, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .leastNormalMagnitude]
    let found = Tensor(values, shape: [values.count]).converted(to: .bf16)
    #expect(found.precision == .bf16)
    for (value, found) in zip(values, found.converted(to: .fp32).elements) {
      let expected = rounded(value)
      #expect(found.isNaN && expected.isNaN || found.bitPattern == expected.bitPattern, "\(value)")
    }
  }

  @Test func roundingAgainChangesNothing() {
    let once = randomTensor([1001], seed: 3, in: -1e3...1e3).converted(to: .bf16)
    expectIdentical(
      once.converted(to: .fp32).converted(to: .bf16).converted(to: .fp32), once.converted(to: .fp32))
    #expect(once.converted(to: .bf16).precision == .bf16)
  }
}

/// Convolutions on bf16 features: products of rounded values, summed as floats, rounded once.
@Suite struct BFloat16ConvolutionTests {
  private func expectTheDefinition(
    _ shape: [Int], _ geometry: Conv2DGeometry, reading: Features.Prologue?, by algorithm: Conv2DAlgorithm? = nil,
    tolerance: Double = 2e-6
  ) {
    let features = Features(randomRounded(shape, seed: 1).converted(to: .bf16), prologue: reading)
    let x = features.materialized().converted(to: .fp32)
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let rounded = weight.converted(to: .bf16).converted(to: .fp32)
    let y = conv2d(features, ForwardWeights(weight, geometry, .bf16, by: algorithm))
    expectRounded(y, Conv2DReference.forward(x, rounded, geometry), tolerance: tolerance, "y")

    let dy = randomRounded(geometry.outputShape(shape), seed: 3)
    let expected = Conv2DReference.backward(x, rounded, dy, geometry)
    let packed = BackwardWeights(weight, geometry, .bf16, by: algorithm)
    let gradient = dy.converted(to: .bf16)
    expectRounded(conv2dBackwardData(gradient, packed, inputShape: shape), expected.dx, tolerance: tolerance, "dx")
    let residual = randomRounded(shape, seed: 4)
    let sum = Tensor(zip(expected.dx.elements, residual.elements).map { $0 + $1 }, shape: shape)
    let added = conv2dBackwardData(gradient, packed, inputShape: shape, residual: residual.converted(to: .bf16))
    // Phases that a separate pass puts in place are rounded both before and after the addition.
    expectRounded(added, sum, tolerance: packed.isInterleaved ? 1.0 / 256 : tolerance, "dx + residual")

    var dw = Tensor(repeating: 1, shape: geometry.weightShape)
    conv2dBackwardWeight(features, gradient, geometry, by: algorithm, into: &dw)
    expectClose(dw, Tensor(expected.dw.elements.map { $0 + 1 }, shape: dw.shape), tolerance: tolerance, "dw")
  }

  @Test(arguments: convolutionCases.indices) func directEqualsTheDefinition(_ index: Int) {
    let (shape, geometry) = convolutionCases[index]
    expectTheDefinition(shape, geometry, reading: index % 2 == 0 ? nil : prologue(shape[3]), by: .direct)
    expectTheDefinition(shape, geometry, reading: index % 2 == 0 ? prologue(shape[3]) : nil)
  }

  @Test(arguments: winogradShapes, [1, 2]) func winogradEqualsTheDefinition(_ shape: [Int], _ stride: Int) {
    let geometry = Conv2DGeometry(
      inputChannels: shape[3], outputChannels: 64, kernel: 3, stride: stride, padding: 1)
    expectTheDefinition(shape, geometry, reading: prologue(shape[3]), by: .winograd, tolerance: 5e-6)
  }

  @Test func winogradIsForStrideOne() {
    func best(_ stride: Int) -> Conv2DAlgorithm {
      .best(
        for: Conv2DGeometry(inputChannels: 64, outputChannels: 64, kernel: 3, stride: stride, padding: 1), .bf16)
    }
    #expect(best(1) == .winograd && best(2) == .direct)
  }

  @Test(arguments: Conv2DAlgorithm.allCases) func epilogueIsDoneBeforeRounding(_ algorithm: Conv2DAlgorithm) {
    let geometry = Conv2DGeometry(inputChannels: 32, outputChannels: 64, kernel: 3, padding: 1)
    let x = randomRounded([2, 9, 10, 32], seed: 1)
    let weight = randomRounded(geometry.weightShape, seed: 2)
    let bias = randomTensor([64], seed: 3)
    let residual = randomRounded([2, 9, 10, 64], seed: 4, in: -9...9)
    let plain = Conv2DReference.forward(x, weight, geometry)
    let expected = plain.elements.indices.map { max(0, plain[$0] + bias[$0 % 64] + residual[$0]) }
    expectRounded(
      conv2d(
        Features(x.converted(to: .bf16)), ForwardWeights(weight, geometry, .bf16, by: algorithm), bias: bias,
        residual: residual.converted(to: .bf16), relu: true), Tensor(expected, shape: plain.shape))
  }

  @Test(arguments: Conv2DAlgorithm.allCases) func statisticsAreThoseOfWhatIsStored(_ algorithm: Conv2DAlgorithm) {
    let geometry = Conv2DGeometry(inputChannels: 32, outputChannels: 64, kernel: 3, padding: 1)
    let x = Features(randomRounded([3, 15, 13, 32], seed: 1).converted(to: .bf16))
    let packed = ForwardWeights(randomTensor(geometry.weightShape, seed: 2), geometry, .bf16, by: algorithm)
    let (y, statistics) = conv2dWithStatistics(x, packed)
    let apart = BatchStatistics(of: y.converted(to: .fp32))
    for channel in 0..<64 {
      #expect(abs(statistics.mean[channel] - apart.mean[channel]) <= 1e-5 * apart.variance[channel].squareRoot())
      #expect(abs(statistics.variance[channel] - apart.variance[channel]) <= 1e-4 * apart.variance[channel])
    }
  }

  @Test(arguments: Conv2DAlgorithm.allCases) func resultsDoNotDependOnThreads(_ algorithm: Conv2DAlgorithm) {
    let geometry = Conv2DGeometry(inputChannels: 32, outputChannels: 64, kernel: 3, stride: 2, padding: 1)
    let x = Features(randomTensor([4, 33, 31, 32], seed: 1).converted(to: .bf16), prologue: prologue(32))
    let weight = randomTensor(geometry.weightShape, seed: 2)
    let dy = randomTensor(geometry.outputShape(x.tensor.shape), seed: 3).converted(to: .bf16)
    expectThreadIndependent("convolution") {
      let y = conv2d(x, ForwardWeights(weight, geometry, .bf16, by: algorithm))
      let packed = BackwardWeights(weight, geometry, .bf16, by: algorithm)
      let dx = conv2dBackwardData(dy, packed, inputShape: x.tensor.shape)
      var dw = Tensor.zeros(geometry.weightShape)
      conv2dBackwardWeight(x, dy, geometry, by: algorithm, into: &dw)
      return [y.converted(to: .fp32), dx.converted(to: .fp32), dw]
    }
  }
}

/// Elementwise operations work on floats and round once: the result has the float operator's bits, rounded.
@Suite struct BFloat16ElementwiseTests {
  private let shape = [2, 9, 31, 21]

  private func expectSame(_ found: Tensor, _ expected: Tensor, _ what: String) {
    #expect(found.precision == .bf16, "\(what)")
    expectIdentical(found.converted(to: .fp32), expected.converted(to: .bf16).converted(to: .fp32), what)
  }

  @Test func jointsAndNormsAreThoseOfFloatsRounded() {
    let (y, shortcut) = (randomRounded(shape, seed: 1), randomRounded(shape, seed: 2))
    let dz = randomRounded(shape, seed: 3)
    let statistics = BatchStatistics(of: y)
    let norm = BatchNorm(
      weight: randomTensor([21], seed: 4, in: 0.5...1.5), bias: randomTensor([21], seed: 5), mean: statistics.mean,
      variance: statistics.variance, relu: true)
    let stored = y.converted(to: .bf16)
    // Both inputs of a residual join are rounded before they are added.
    let plain = Features.Prologue(scale: norm.prologue.scale, shift: norm.prologue.shift, relu: false)
    let normed = residualJoin(y, prologue: plain, shortcut: nil).converted(to: .bf16).converted(to: .fp32)
    let z = Tensor(zip(normed.elements, shortcut.elements).map { max(0, $0 + $1) }, shape: shape)
    let joined = residualJoin(stored, prologue: norm.prologue, shortcut: Features(shortcut.converted(to: .bf16)))
    expectSame(joined, z, "join")
    let output = joined.converted(to: .fp32)
    let masks: [(BatchNorm.ReLUMask, BatchNorm.ReLUMask)] = [
      (.open, .open), (.recomputed, .recomputed), (.output(output), .output(joined)),
    ]
    for (mask, storedMask) in masks {
      var (gradient, storedGradient) = (dz, dz.converted(to: .bf16))
      let expected = norm.gradients(&gradient, y: y, mask: mask, inPlace: false)
      let found = norm.gradients(&storedGradient, y: stored, mask: storedMask, inPlace: false)
      expectSame(found.dy, expected.dy, "dy")
      expectSame(storedGradient, gradient, "gated dz")
      expectIdentical(found.dWeight, expected.dWeight, "dWeight")
      expectIdentical(found.dBias, expected.dBias, "dBias")
    }
  }

  @Test func poolingIsThatOfFloatsRounded() {
    let pool = MaxPool2D(kernel: 3, stride: 2, padding: 1)
    let features = Features(randomRounded(shape, seed: 1).converted(to: .bf16), prologue: prologue(21))
    let plain = Features(features.materialized().converted(to: .fp32))
    let (y, choice) = pool.forward(features)
    let (expected, expectedChoice) = pool.forward(plain)
    expectSame(y, expected, "y")
    let dy = randomRounded(expected.shape, seed: 2)
    expectSame(pool.backward(dy.converted(to: .bf16), choice), pool.backward(dy, expectedChoice), "dx")
    expectIdentical(globalAveragePool(features), globalAveragePool(plain), "average")
    let dPooled = randomTensor([2, 21], seed: 3)
    expectSame(
      globalAveragePoolBackward(dPooled, inputShape: shape, .bf16),
      globalAveragePoolBackward(dPooled, inputShape: shape), "gradient of the average")
  }
}
