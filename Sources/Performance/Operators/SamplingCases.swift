import Operators
import Tensors

extension OperatorCase {
  /// Smoothing by each method, resampling, grid sampling and resizing, as S3N uses them at 448 x 448.
  static func samplings(images: Int) -> [OperatorCase] {
    SmoothingMethod.allCases.flatMap {
      [smoothing($0, images, backward: false), smoothing($0, images, backward: true)]
    }
      + [false, true].flatMap { [resample(images, backward: $0), gridSample(images, backward: $0)] }
      + [resize(images)]
  }

  private static func smoothing(_ method: SmoothingMethod, _ images: Int, backward: Bool) -> OperatorCase {
    let name = "smoothing \(backward ? "forward and backward" : "forward"), \(method.rawValue), grid 31"
    let counts = SmoothingWork(method, images: images, gridSide: 31, filterSide: 61)
    return OperatorCase(name: name, work: backward ? counts.forward + counts.backward : counts.forward) {
      let smoothing = GridSmoothing(method: method)
      let filter = GridSmoothing.gaussianFilter()
      let attention = randomTensor([images, 31, 31], in: 0.09...1, purpose: "attention")
      let dgrid = randomTensor([images, 31, 31, 2], purpose: "grid gradient")
      return PreparedOperator(run: {
        let grid = smoothing.forward(attention, filter: filter)
        if backward { _ = smoothing.backward(dgrid, of: grid) }
      }) { () throws(PerformanceError) in
        let grid = smoothing.forward(attention, filter: filter)
        try require(grid.grid, Reference.smoothedGrid(attention, filter: filter), allowed: 1e-5, "grid", of: name)
        let direct = GridSmoothing(method: .direct)
        let expected = direct.backward(dgrid, of: direct.forward(attention, filter: filter))
        let found = smoothing.backward(dgrid, of: grid)
        try require(found.attention, expected.attention, allowed: 1e-5, "attention's gradient", of: name)
        try require(found.filter, expected.filter, allowed: 1e-5, "filter's gradient", of: name)
      }
    }
  }

  private static func resample(_ images: Int, backward: Bool) -> OperatorCase {
    let name = "resize of the grid and sampling \(backward ? "backward" : "forward"), 448x448"
    let counts = ResamplingWork(images: images, height: 448, width: 448)
    return OperatorCase(name: name, work: backward ? counts.backward : counts.forward) {
      let image = randomTensor([images, 448, 448, 3], purpose: "image")
      let dy = randomTensor(image.shape, purpose: "dy")
      let offsets = randomTensor([images, 31, 31, 2], in: -0.2...0.2, purpose: "offsets")
      return PreparedOperator(run: {
        _ =
          backward
          ? GridResample.backward(dy, image: image, offsets: offsets)
          : GridResample.forward(image, offsets: offsets, height: 448, width: 448)
      }) { () throws(PerformanceError) in
        // Checked against the two operators that it combines, which have their own references. They fade to zero at the
        // border, whereas it repeats the border, so these offsets point inwards and never reach the border.
        let image = randomTensor([1, 448, 448, 3], purpose: "image")
        let inwards = Tensor(
          GridSample.identityGrid(images: 1, height: 31, width: 31).elements.map { -0.2 * $0 }, shape: [1, 31, 31, 2])
        let grid = Tensor(inwards.elements.map { $0 / -0.2 + $0 }, shape: inwards.shape)
        let large = BilinearResize.forward(grid, height: 448, width: 448)
        let y = GridResample.forward(image, offsets: inwards, height: 448, width: 448)
        try require(y, Reference.gridSample(image, grid: large), allowed: 1e-4, "y", of: name)
        guard backward else { return }
        let dy = randomTensor(image.shape, purpose: "dy")
        let dlarge = GridSample.backward(dy, image: image, grid: large)
        let expected = BilinearResize.backward(dlarge, inputShape: grid.shape)
        // The slope jumps at pixels, so a sample that rounding moves across one counts with its full difference.
        try require(
          GridResample.backward(dy, image: image, offsets: inwards), expected, allowed: 2e-2, "gradient", of: name)
      }
    }
  }

  private static func gridSample(_ images: Int, backward: Bool) -> OperatorCase {
    let name = "grid sampling \(backward ? "backward" : "forward"), 448x448"
    let pixels = images * 448 * 448
    return OperatorCase(name: name, work: Work(flops: 2 * 4 * 3 * Double(pixels), floats: 8 * pixels)) {
      let image = randomTensor([images, 448, 448, 3], purpose: "image")
      let grid = randomTensor([images, 448, 448, 2], purpose: "grid")
      let dy = randomTensor(image.shape, purpose: "dy")
      return PreparedOperator(run: {
        _ = backward ? GridSample.backward(dy, image: image, grid: grid) : GridSample.forward(image, grid: grid)
      }) { () throws(PerformanceError) in
        let image = randomTensor([1, 448, 448, 3], purpose: "image")
        let grid = randomTensor([1, 448, 448, 2], purpose: "grid")
        try require(
          GridSample.forward(image, grid: grid), Reference.gridSample(image, grid: grid), allowed: 1e-4, "y", of: name)
      }
    }
  }

  private static func resize(_ images: Int) -> OperatorCase {
    let name = "bilinear resize, 31x31 to 448x448, 2 channels"
    return OperatorCase(
      name: name, work: Work(flops: 2 * 8 * 448 * 448 * Double(images), floats: images * 448 * 448 * 2)
    ) {
      let grid = randomTensor([images, 31, 31, 2], purpose: "grid")
      return PreparedOperator(run: { _ = BilinearResize.forward(grid, height: 448, width: 448) }) {
        () throws(PerformanceError) in
        let found = BilinearResize.forward(grid, height: 448, width: 448)
        try require(found, Reference.resize(grid, side: 448), allowed: 1e-6, "y", of: name)
      }
    }
  }
}
