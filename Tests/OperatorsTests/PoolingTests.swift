import Operators
import Tensors
import Testing

@Suite struct PoolingTests {
  @Test(arguments: [[1, 1, 1, 1], [2, 7, 9, 5], [1, 8, 8, 64], [3, 5, 4, 17]])
  func maxPoolTakesTheFirstMaximum(_ shape: [Int]) {
    let pool = MaxPool2D(kernel: 3, stride: 2, padding: 1)
    // Few distinct values, so that ties are common.
    let x = Tensor(randomTensor(shape, seed: 1).elements.map { ($0 * 3).rounded() }, shape: shape)
    let (y, choice) = pool.forward(Features(x))
    let dy = randomTensor(y.shape, seed: 2)
    let (expected, dx) = reference(x, dy)
    #expect(y.elements == expected.elements)
    expectClose(pool.backward(dy, choice), dx, tolerance: 1e-6)
  }

  private func reference(_ x: Tensor, _ dy: Tensor) -> (Tensor, Tensor) {
    let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
    var (y, dx) = (Tensor.zeros(dy.shape), Tensor.zeros(x.shape))
    for position in 0..<dy.count {
      let c = position % channels
      let ox = position / channels % dy.shape[2]
      let oy = position / channels / dy.shape[2] % dy.shape[1]
      let n = position / channels / dy.shape[2] / dy.shape[1]
      var best = (value: -Float.infinity, at: -1)
      for iy in oy * 2 - 1...oy * 2 + 1 where (0..<height).contains(iy) {
        for ix in ox * 2 - 1...ox * 2 + 1 where (0..<width).contains(ix) {
          let at = ((n * height + iy) * width + ix) * channels + c
          if x[at] > best.value { best = (x[at], at) }
        }
      }
      y[position] = best.value
      dx[best.at] += dy[position]
    }
    return (y, dx)
  }

  @Test func maxPoolReadsThroughANorm() {
    let prologue = Features.Prologue(
      scale: randomTensor([6], seed: 1), shift: randomTensor([6], seed: 2), relu: true)
    let features = Features(randomTensor([2, 8, 7, 6], seed: 3), prologue: prologue)
    let pool = MaxPool2D(kernel: 3, stride: 2, padding: 1)
    #expect(pool.forward(features).y.elements == pool.forward(Features(features.materialized())).y.elements)
    expectClose(globalAveragePool(features), globalAveragePool(Features(features.materialized())))
  }

  @Test func averagePoolAndItsGradient() {
    let x = randomTensor([3, 5, 4, 7], seed: 1)
    let dy = randomTensor([3, 7], seed: 2)
    expectGradient(globalAveragePoolBackward(dy, inputShape: x.shape), at: x) {
      inner(globalAveragePool(Features($0)), dy)
    }
  }
}

@Suite struct LinearTests {
  @Test(arguments: [(1, 1, 1), (4, 33, 20), (3, 128, 7)]) func gradientsAreThoseOfDifferences(_ size: (Int, Int, Int)) {
    let (rows, inputs, outputs) = size
    let x = randomTensor([rows, inputs], seed: 1)
    let weight = randomTensor([outputs, inputs], seed: 2)
    let bias = randomTensor([outputs], seed: 3)
    let dy = randomTensor([rows, outputs], seed: 4)
    var (dWeight, dBias) = (Tensor.zeros(weight.shape), Tensor.zeros(bias.shape))
    let dx = Linear.backward(dy, x: x, weight: weight, dWeight: &dWeight, dBias: &dBias)
    expectGradient(dx, at: x) { inner(Linear.forward($0, weight: weight, bias: bias), dy) }
    expectGradient(dWeight, at: weight) { inner(Linear.forward(x, weight: $0, bias: bias), dy) }
    expectGradient(dBias, at: bias) { inner(Linear.forward(x, weight: weight, bias: $0), dy) }
  }
  /// A product that is divided among threads, against parts of its rows that are not.
  @Test func aLargeProductIsThatOfItsParts() {
    let (rows, inputs, outputs) = (1100, 1024, 120)
    let (x, weight) = (randomTensor([rows, inputs], seed: 5), randomTensor([outputs, inputs], seed: 6))
    let bias = randomTensor([outputs], seed: 7)
    let whole = Linear.forward(x, weight: weight, bias: bias)
    for first in stride(from: 0, to: rows, by: 100) {
      let part = Tensor(Array(x.elements[first * inputs..<(first + 100) * inputs]), shape: [100, inputs])
      let expected = Linear.forward(part, weight: weight, bias: bias)
      let found = Array(whole.elements[first * outputs..<(first + 100) * outputs])
      let largest = zip(found, expected.elements).map { abs($0 - $1) }.max() ?? 0
      #expect(largest < 1e-3, "rows from \(first) differ by \(largest)")
    }
  }
}
