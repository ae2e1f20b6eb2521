import Models
import ONNXFiles
import Operators

/// The peaks of a response map as one value per cell, in row-major order, whatever their number: (N, 1, side * side).
struct DensePeaks {
  /// The response R of every cell.
  let strengths: ONNXValue
  /// Whether the cell is a peak.
  let arePeaks: ONNXValue
  let side: Int
}

extension GraphBuilder {
  /// Stage 6: a peak is the first maximum of its 3x3 window, at least the map's mean, and above zero.
  mutating func peaks(_ response: ONNXValue, side: Int) -> DensePeaks {
    // -1 is below every response, so the padding never wins.
    let padded = node("Pad", response, integers([0, 0, 1, 1, 0, 0, 1, 1]), constant([-1], []))
    func shifted(_ row: Int, _ column: Int, _ builder: inout GraphBuilder) -> ONNXValue {
      builder.slice(padded, axes: [2, 3], from: [row, column], to: [row + side, column + side])
    }
    let window = (0..<9).map { shifted($0 / 3, $0 % 3, &self) }
    let before = nodes("Max", Array(window[..<4]), outputs: 1)[0]
    let after = nodes("Max", Array(window[5...]), outputs: 1)[0]
    let isFirst = node("And", node("Greater", response, before), node("GreaterOrEqual", response, after))
    let isHigh = node("GreaterOrEqual", response, reduceCells("ReduceMean", response))
    let isPositive = node("Greater", response, constant(0))
    let arePeaks = node("And", node("And", isFirst, isHigh), isPositive)
    let line = integers([0, 1, side * side])
    return DensePeaks(
      strengths: node("Reshape", response, line), arePeaks: node("Reshape", arePeaks, line), side: side)
  }

  /// Stage 7 without its floor: the sum of a branch's Gaussians, (N, 1, side, side).
  ///
  /// At p = 0 every peak is in both maps; at p = 2 only the highest or the lowest one. A cell without a peak is a
  /// Gaussian of height zero.
  mutating func gaussians(_ peaks: DensePeaks, _ branch: Branch, _ policy: PeakPolicy) -> ONNXValue {
    let (mask, isHighest) =
      switch (policy, branch) {
      case (.extremes, .discriminative): (extreme(peaks, "ArgMax", outside: -1), true)
      case (.extremes, .complementary): (extreme(peaks, "ArgMin", outside: 2), false)
      default: (peaks.arePeaks, false)
      }
    let strength = node("Where", mask, peaks.strengths, constant(1))
    let height = branch == .discriminative ? strength : node("Reciprocal", strength)
    let heights = node("Where", mask, height, constant(0))
    // s = radius * sqrt(R) * cells; for the highest peak at p = 2 without the root.
    let spread = isHighest ? node("Mul", strength, strength) : strength
    let name = branch == .discriminative ? "radius.scale" : "radius_inv.scale"
    let side = peaks.side
    let deviation = node("Mul", weight(name), constant(Float(side)))
    let variance = node("Mul", node("Mul", deviation, deviation), spread)
    let factor = transpose(node("Div", constant(-0.5), variance), [0, 2, 1])

    // A Gaussian is the product of a vertical and a horizontal profile, (N, side * side, side): side values per cell.
    func profile(_ center: (Int) -> Int, _ builder: inout GraphBuilder) -> ONNXValue {
      let distances = (0..<side * side).flatMap { cell in
        (0..<side).map { Float(($0 - center(cell)) * ($0 - center(cell))) }
      }
      let squared = builder.constant(distances, [1, side * side, side])
      return builder.node("Exp", builder.node("Mul", factor, squared))
    }
    let rows = node("Mul", profile({ $0 / side }, &self), transpose(heights, [0, 2, 1]))
    let columns = profile({ $0 % side }, &self)
    return unsqueeze(node("MatMul", transpose(rows, [0, 2, 1]), columns), [1])
  }

  /// Only the first of the highest or of the lowest peaks; none if there is no peak.
  private mutating func extreme(_ peaks: DensePeaks, _ operation: String, outside: Float) -> ONNXValue {
    let masked = node("Where", peaks.arePeaks, peaks.strengths, constant(outside))
    let position = node(
      operation, masked, attributes: ["axis": .int(2), "keepdims": .int(1), "select_last_index": .int(0)])
    let cells = integers(Array(0..<peaks.side * peaks.side), shape: [1, 1, peaks.side * peaks.side])
    return node("And", peaks.arePeaks, node("Equal", cells, position))
  }
}
