import Tensors
import Testing

@testable import Operators

@Suite struct BilinearResizeTests {
  /// PyTorch's definition, in double precision.
  private func reference(_ x: Tensor, _ height: Int, _ width: Int) -> [Double] {
    let (images, rows, columns, channels) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
    func place(_ output: Int, _ inputs: Int, _ outputs: Int) -> (Int, Int, Double) {
      let position = outputs > 1 ? Double(output) * Double(inputs - 1) / Double(outputs - 1) : 0
      let lower = Int(position)
      return (lower, min(lower + 1, inputs - 1), position - Double(lower))
    }
    var result: [Double] = []
    for image in 0..<images {
      for row in 0..<height {
        for column in 0..<width {
          let (top, bottom, down) = place(row, rows, height)
          let (left, right, along) = place(column, columns, width)
          for channel in 0..<channels {
            func value(_ y: Int, _ z: Int) -> Double {
              Double(x[((image * rows + y) * columns + z) * channels + channel])
            }
            result.append(
              (1 - down) * ((1 - along) * value(top, left) + along * value(top, right))
                + down * ((1 - along) * value(bottom, left) + along * value(bottom, right)))
          }
        }
      }
    }
    return result
  }

  @Test(arguments: [
    [2, 14, 14, 5, 31, 31], [1, 31, 31, 2, 448, 448], [3, 7, 4, 1, 1, 9], [1, 1, 1, 3, 4, 5], [2, 9, 6, 33, 5, 3],
    [1, 5, 5, 1, 5, 5], [1, 2, 1, 2, 6, 1],
  ])
  func agreesWithTheFormula(_ sizes: [Int]) {
    let x = randomTensor(Array(sizes.prefix(4)))
    let y = BilinearResize.forward(x, height: sizes[4], width: sizes[5])
    #expect(y.shape == [sizes[0], sizes[4], sizes[5], sizes[3]])
    expectClose(y, reference(x, sizes[4], sizes[5]), tolerance: 1e-6)
  }

  @Test func theSameSizeAndTheCornersAreExact() {
    let x = randomTensor([2, 6, 5, 3])
    expectIdentical(BilinearResize.forward(x, height: 6, width: 5), x)
    let y = BilinearResize.forward(x, height: 448, width: 449)
    for channel in 0..<3 {
      #expect(y[channel] == x[channel])
      #expect(y[(448 * 449 - 1) * 3 + channel] == x[(6 * 5 - 1) * 3 + channel])
    }
  }

  @Test(arguments: [[2, 4, 5, 3, 7, 9], [1, 9, 6, 2, 4, 3], [2, 3, 3, 1, 1, 1], [1, 1, 4, 1, 3, 7]])
  func gradientIsNumeric(_ sizes: [Int]) {
    let x = randomTensor(Array(sizes.prefix(4)))
    let weight = randomTensor([sizes[0], sizes[4], sizes[5], sizes[3]], seed: 2)
    expectGradient(BilinearResize.backward(weight, inputShape: x.shape), at: x, step: 0.5, tolerance: 1e-5) {
      inner(BilinearResize.forward($0, height: sizes[4], width: sizes[5]), weight)
    }
  }

  @Test func threadsDoNotMatter() {
    let x = randomTensor([3, 9, 9, 4])
    expectThreadIndependent { [BilinearResize.forward(x, height: 31, width: 17)] }
    let dy = randomTensor([3, 31, 17, 4])
    expectThreadIndependent { [BilinearResize.backward(dy, inputShape: x.shape)] }
  }
}
