import Models
import ONNXFiles
import Operators

extension GraphBuilder {
  /// Stage 8 on the grid's own cells: the sampling offset of each cell, (N, 2, side, side), x then y.
  ///
  /// As in `GridSmoothing`: three filters on one map, the floor's moments added afterwards, and offsets instead of
  /// positions, so that rounding loses nothing where the attention is constant.
  mutating func offsets(ofGaussians gaussians: ONNXValue, floor: Float, side: Int) -> ONNXValue {
    let filter = tensor("filter.weight")
    let filterSide = filter.shape[filter.shape.count - 1]
    let geometry = SmoothingGeometry(gridSide: side, filterSide: filterSide)
    let weights = filter.elements.map(Double.init)
    let filters = constant(geometry.offsetFilters(weights).map { Float($0) }, [3, 1, filterSide, filterSide])
    let ofFloor = constant(geometry.filterSums(weights).map { Float(Double(floor) * $0) }, [1, 3, 1, 1])

    let pad = geometry.padding
    let padded = node(
      "Pad", gaussians, integers([0, 0, pad, pad, 0, 0, pad, pad]), attributes: ["mode": .string("edge")])
    let convolved = node("Conv", padded, filters, attributes: ["kernel_shape": .ints([filterSide, filterSide])])
    let moments = node("Add", convolved, ofFloor)
    let mass = slice(moments, axes: [1], from: [0], to: [1])
    let moment = slice(moments, axes: [1], from: [1], to: [3])
    let free = node("Div", node("Mul", moment, constant(2)), mass)
    // The positions are clamped to [-1, 1].
    let places = positions(side, side)
    let lowest = constant(places.map { -1 - $0 }, [1, 2, side, side])
    let highest = constant(places.map { 1 - $0 }, [1, 2, side, side])
    return node("Min", node("Max", free, lowest), highest)
  }

  /// Stage 9: the images (N, 3, size, size) sampled by a branch with these offsets.
  mutating func sampled(_ images: ONNXValue, offsets: ONNXValue, side: Int, size: Int) -> ONNXValue {
    let fine = resize(offsets, from: (side, side), to: (size, size))
    let places = constant(positions(size, size), [1, 2, size, size])
    let grid = transpose(node("Add", fine, places), [0, 2, 3, 1])
    // Positions are clamped: border padding only removes what rounding would add beyond it.
    return node(
      "GridSample", images, grid,
      attributes: ["mode": .string("bilinear"), "padding_mode": .string("border"), "align_corners": .int(1)])
  }

  /// The positions of a map's cells, (2, height, width), x then y in [-1, 1].
  private func positions(_ height: Int, _ width: Int) -> [Float] {
    func position(_ index: Int, _ size: Int) -> Float {
      size > 1 ? Float(Double(2 * index - (size - 1)) / Double(size - 1)) : 0
    }
    let x = (0..<height).flatMap { _ in (0..<width).map { position($0, width) } }
    let y = (0..<height).flatMap { row in (0..<width).map { _ in position(row, height) } }
    return x + y
  }
}
