import Tensors
import Testing

@testable import Operators

@Suite struct GridResampleTests {
  private func grid(_ offsets: Tensor) -> Tensor {
    let shape = offsets.shape
    let identity = GridSample.identityGrid(images: shape[0], height: shape[1], width: shape[2])
    return Tensor(zip(identity.elements, offsets.elements).map(+), shape: shape)
  }

  /// Offsets whose positions stay inside the image.
  private func offsetsInside(_ images: Int, _ side: Int) -> Tensor {
    let inside = randomTensor([images, side, side, 2], seed: 2, in: -0.95...0.95)
    let identity = GridSample.identityGrid(images: images, height: side, width: side)
    return Tensor(zip(inside.elements, identity.elements).map(-), shape: inside.shape)
  }

  @Test(arguments: [[2, 12, 10, 5, 64, 48], [1, 20, 20, 31, 20, 20], [3, 8, 8, 2, 5, 7], [1, 9, 9, 3, 4, 4]])
  func agreesWithResizingTheGridAndSampling(_ sizes: [Int]) {
    let image = randomTensor([sizes[0], sizes[1], sizes[2], 3])
    let offsets = offsetsInside(sizes[0], sizes[3])
    let large = BilinearResize.forward(grid(offsets), height: sizes[4], width: sizes[5])
    let resampled = GridResample.forward(image, offsets: offsets, height: sizes[4], width: sizes[5])
    expectClose(resampled, GridSample.forward(image, grid: large), tolerance: 2e-5)
  }

  @Test(arguments: [[2, 5, 64, 48], [1, 31, 50, 50], [3, 2, 5, 7], [1, 4, 1, 1]])
  func itsGradientAgreesWithTheTwoSteps(_ sizes: [Int]) {
    // On a plane, the gradient does not jump between pixels, so rounding cannot make the two differ.
    var image = Tensor.zeros([sizes[0], 20, 20, 3])
    for position in 0..<image.count {
      let (column, row, channel) = (position / 3 % 20, position / 60 % 20, position % 3)
      image[position] = Float((column + 2 * row) * channel)
    }
    let offsets = offsetsInside(sizes[0], sizes[1])
    let dy = randomTensor([sizes[0], sizes[2], sizes[3], 3], seed: 3)
    let large = BilinearResize.forward(grid(offsets), height: sizes[2], width: sizes[3])
    let inSteps = BilinearResize.backward(GridSample.backward(dy, image: image, grid: large), inputShape: offsets.shape)
    expectClose(GridResample.backward(dy, image: image, offsets: offsets), inSteps, tolerance: 1e-5)
  }

  @Test func noOffsetReturnsTheImageExactly() {
    for size in [1, 2, 5, 70] {
      let image = randomTensor([2, size, size, 3])
      expectIdentical(GridResample.forward(image, offsets: .zeros([2, 31, 31, 2]), height: size, width: size), image)
    }
    let image = randomTensor([1, 6, 9, 3])
    let resized = BilinearResize.forward(image, height: 17, width: 5)
    expectClose(
      GridResample.forward(image, offsets: .zeros([1, 4, 4, 2]), height: 17, width: 5), resized, tolerance: 1e-6)
  }

  @Test func outsideIsTheBorder() {
    let image = randomTensor([1, 4, 5, 3])
    let offsets = Tensor(repeating: 3, shape: [1, 2, 2, 2])
    let corner = Array(image.elements.suffix(3))
    let y = GridResample.forward(image, offsets: offsets, height: 4, width: 5)
    #expect(y.elements == (0..<20).flatMap { _ in corner })
    let back = GridResample.forward(
      image, offsets: Tensor(repeating: -.infinity, shape: [1, 2, 2, 2]), height: 1, width: 1)
    #expect(back.shape == [1, 1, 1, 3])
  }

  /// One row of pixels with different slopes left and right of each pixel; the gradient of every sample is 1.
  @Test(arguments: [(Float(1e-12), 1), (-1e-12, -1), (0, 0)])
  func theSideOfAPixelIsKeptAndTheMeanTakenOnIt(_ offset: Float, _ side: Int) {
    let values: [Float] = [0, 1, 5, 2, 9]
    let image = Tensor(values.flatMap { [$0, 0, 0] } + [Float](repeating: 0, count: 15), shape: [1, 2, 5, 3])
    let dy = Tensor((0..<10).flatMap { [$0 < 5 ? 1 : 0, 0, 0] }, shape: [1, 2, 5, 3])
    let gradient = GridResample.backward(
      dy, image: image, offsets: Tensor(repeating: offset, shape: [1, 2, 5, 2]))
    for column in 0..<5 {
      let (left, right) = (
        column > 0 ? values[column] - values[column - 1] : nil, column < 4 ? values[column + 1] - values[column] : nil
      )
      let slope =
        switch side {
        case 1: right ?? left
        case -1: left ?? right
        default: left.flatMap { left in right.map { (left + $0) / 2 } } ?? left ?? right
        }
      // Half the image's width is 2 pixels.
      #expect(gradient[2 * column] == (slope ?? .nan) * 2)
    }
  }

  @Test func aNaNGivesNaNAroundItAlone() {
    let image = randomTensor([1, 9, 9, 3])
    var offsets = Tensor.zeros([1, 3, 3, 2])
    offsets[0] = .nan
    let y = GridResample.forward(image, offsets: offsets, height: 9, width: 9)
    #expect(y[0].isNaN && !y[4 * 3].isNaN && !y[(9 * 9 - 1) * 3].isNaN)
    _ = GridResample.backward(y, image: image, offsets: offsets)
  }

  /// Offsets that keep every sample at least a tenth of a pixel from the next pixel: a whole number and a half.
  @Test(arguments: [[2, 9, 9], [1, 16, 16], [1, 3, 3]])
  func gradientIsNumeric(_ sizes: [Int]) {
    let image = randomTensor([sizes[0], sizes[1], sizes[2], 3])
    var offsets = randomTensor([sizes[0], sizes[1], sizes[2], 2], seed: 7, in: -0.4...0.4)
    let pixel = 2 / Float(sizes[1] - 1)
    for position in 0..<offsets.count {
      let index = position % 2 == 0 ? position / 2 % sizes[2] : position / 2 / sizes[2] % sizes[1]
      offsets[position] = (offsets[position] + (index == sizes[1] - 1 ? -0.5 : 0.5)) * pixel
    }
    let weight = randomTensor([sizes[0], sizes[1], sizes[2], 3], seed: 3)
    let gradient = GridResample.backward(weight, image: image, offsets: offsets)
    expectGradient(gradient, at: offsets, step: 2e-3, tolerance: 2e-3) {
      inner(GridResample.forward(image, offsets: $0, height: sizes[1], width: sizes[2]), weight)
    }
  }

  @Test func threadsDoNotMatter() {
    let image = randomTensor([2, 30, 40, 3])
    let offsets = randomTensor([2, 7, 7, 2], seed: 2, in: -0.3...0.3)
    let dy = randomTensor([2, 33, 44, 3], seed: 3)
    expectThreadIndependent {
      [
        GridResample.forward(image, offsets: offsets, height: 33, width: 44),
        GridResample.backward(dy, image: image, offsets: offsets),
      ]
    }
  }
}
