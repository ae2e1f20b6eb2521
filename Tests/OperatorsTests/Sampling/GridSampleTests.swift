import Tensors
import Testing

@testable import Operators

@Suite struct GridSampleTests {
  /// Samples in double precision, pixel by pixel, zero outside.
  private func reference(_ image: Tensor, _ grid: Tensor) -> [Double] {
    let (height, width) = (image.shape[1], image.shape[2])
    let cells = grid.shape[1] * grid.shape[2]
    return (0..<grid.count / 2).flatMap { cell in
      func pixel(_ row: Int, _ column: Int, _ channel: Int) -> Double {
        guard (0..<height).contains(row), (0..<width).contains(column) else { return 0 }
        return Double(image[((cell / cells * height + row) * width + column) * 3 + channel])
      }
      let x = (Double(grid[2 * cell]) + 1) / 2 * Double(width - 1)
      let y = (Double(grid[2 * cell + 1]) + 1) / 2 * Double(height - 1)
      let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
      let (along, down) = (x - Double(left), y - Double(top))
      return (0..<3).map { channel in
        (1 - down) * ((1 - along) * pixel(top, left, channel) + along * pixel(top, left + 1, channel))
          + down * ((1 - along) * pixel(top + 1, left, channel) + along * pixel(top + 1, left + 1, channel))
      }
    }
  }

  @Test(arguments: [[2, 9, 7, 5, 6], [1, 1, 1, 3, 3], [1, 16, 16, 1, 130], [3, 2, 2, 8, 8], [1, 5, 1, 4, 4]])
  func agreesWithTheFormula(_ sizes: [Int]) {
    let image = randomTensor([sizes[0], sizes[1], sizes[2], 3])
    let grid = randomTensor([sizes[0], sizes[3], sizes[4], 2], seed: 2, in: -1.6...1.6)
    expectClose(GridSample.forward(image, grid: grid), reference(image, grid), tolerance: 1e-5)
  }

  @Test func theIdentityGridReturnsTheImage() {
    for size in [1, 2, 5, 9] {
      let image = randomTensor([2, size, size, 3])
      let grid = GridSample.identityGrid(images: 2, height: size, width: size)
      expectClose(GridSample.forward(image, grid: grid), image, tolerance: 1e-6)
    }
  }

  @Test func theBordersBelongToTheImageAndBeyondThemIsZero() {
    let image = Tensor(repeating: 3, shape: [1, 4, 4, 3])
    let grid = Tensor([-1, -1, 1, 1, 1, -1, -3, 0, 0, 3, 1e30, -1e30, -.infinity, 0], shape: [1, 1, 7, 2])
    let y = GridSample.forward(image, grid: grid)
    #expect(Array(y.elements.prefix(9)) == [Float](repeating: 3, count: 9))
    #expect(Array(y.elements[9...]) == [Float](repeating: 0, count: 12))
  }

  @Test func aNaNInTheGridGivesNaNThereAlone() {
    let image = randomTensor([1, 4, 4, 3])
    let grid = Tensor([.nan, 0, 0, 0, 0.5, .nan], shape: [1, 1, 3, 2])
    let y = GridSample.forward(image, grid: grid)
    #expect(y.elements.map(\.isNaN) == [true, true, true, false, false, false, true, true, true])
    #expect(GridSample.backward(y, image: image, grid: grid).elements.prefix(2).allSatisfy { $0.isNaN })
  }

  /// Points at least `margin` away from where a sample moves to the next pixel.
  private func smoothGrid(_ shape: [Int], size: (height: Int, width: Int), margin: Float = 0.1) -> Tensor {
    var grid = randomTensor(shape, seed: 5, in: -1.3...1.3)
    for position in 0..<grid.count {
      let scale = Float((position % 2 == 0 ? size.width : size.height) - 1) / 2
      let pixel = (grid[position] + 1) * scale
      let inPixel = min(max(pixel - pixel.rounded(.down), margin), 1 - margin)
      grid[position] = (pixel.rounded(.down) + inPixel) / scale - 1
    }
    return grid
  }

  @Test(arguments: [[2, 9, 7, 5, 6], [1, 16, 16, 3, 70], [1, 2, 3, 4, 4]])
  func gradientIsNumeric(_ sizes: [Int]) {
    let image = randomTensor([sizes[0], sizes[1], sizes[2], 3])
    let grid = smoothGrid([sizes[0], sizes[3], sizes[4], 2], size: (sizes[1], sizes[2]))
    let weight = randomTensor([sizes[0], sizes[3], sizes[4], 3], seed: 3)
    let dgrid = GridSample.backward(weight, image: image, grid: grid)
    expectGradient(dgrid, at: grid, step: 2e-3, tolerance: 2e-3) { inner(GridSample.forward(image, grid: $0), weight) }
  }

  @Test func threadsDoNotMatter() {
    let image = randomTensor([2, 30, 40, 3])
    let grid = randomTensor([2, 33, 44, 2], seed: 2, in: -1.1...1.1)
    let dy = randomTensor([2, 33, 44, 3], seed: 3)
    expectThreadIndependent {
      [GridSample.forward(image, grid: grid), GridSample.backward(dy, image: image, grid: grid)]
    }
  }
}
