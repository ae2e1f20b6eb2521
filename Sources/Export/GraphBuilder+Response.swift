import Models
import ONNXFiles
import Operators

extension GraphBuilder {
  /// Stages 3 to 5: features (N, C, h, w) to the response R (N, 1, side, side) in [0, 1], as `ClassResponse` computes
  /// it; zero for a constant map.
  mutating func response(_ features: ONNXValue, cells: (Int, Int), side: Int, classes: Int) -> ONNXValue {
    let kernel = unsqueeze(weight("raw_classifier.weight"), [2, 3])
    let maps = node(
      "Conv", features, kernel, weight("raw_classifier.bias"), attributes: ["kernel_shape": .ints([1, 1])])
    let combined = combinedMap(maps, cells: cells, side: side, classes: classes)
    let resized = resize(combined, from: cells, to: (side, side))
    let low = reduceCells("ReduceMin", resized)
    let range = node("Sub", reduceCells("ReduceMax", resized), low)
    let varies = node("Greater", range, constant(0))
    let divisor = node("Where", varies, range, constant(1))
    return node("Where", varies, node("Div", node("Sub", resized, low), divisor), constant(0))
  }

  /// The top class's map if the entropy of the five largest probabilities is low, else the mean of their maps.
  private mutating func combinedMap(_ maps: ONNXValue, cells: (Int, Int), side: Int, classes: Int) -> ONNXValue {
    // The means are those of the resized maps, as weighted sums over the small ones.
    let rows = LinearAxis(inputs: cells.0, outputs: side).shares
    let columns = LinearAxis(inputs: cells.1, outputs: side).shares
    let share = constant(rows.flatMap { row in columns.map { Float(row * $0) } }, [1, 1, cells.0, cells.1])
    let means = sum(node("Mul", maps, share), axes: [2, 3], keep: false)
    let probabilities = node("Softmax", means, attributes: ["axis": .int(1)])
    let kept = min(ClassResponse.classesKept, classes)
    let top = nodes("TopK", [probabilities, integers([kept])], outputs: 2, attributes: ["axis": .int(1)])
    // The smallest normal number replaces zero: 0 log 0 counts as 0.
    let logarithms = node("Log", node("Max", top[0], constant(Float.leastNormalMagnitude)))
    let entropy = node("Neg", sum(node("Mul", top[0], logarithms), axes: [1]))
    let isSure = node("Less", entropy, constant(Float(ClassResponse.sureBelow)))
    let first = constant((0..<kept).map { $0 == 0 ? 1 : 0 }, [1, kept])
    let all = constant([Float](repeating: 1, count: kept), [1, kept])
    let deciding = node("Where", isSure, first, all)
    let chosen = node("GatherND", maps, unsqueeze(top[1], [2]), attributes: ["batch_dims": .int(1)])
    let added = sum(node("Mul", chosen, unsqueeze(deciding, [2, 3])), axes: [1])
    return node("Div", added, unsqueeze(sum(deciding, axes: [1]), [2, 3]))
  }

  /// Bilinear resizing of (N, C, H, W) with aligned corners.
  ///
  /// By `Gather` instead of `Resize`: the positions equal those of our own resizing bit by bit, cells of equal value
  /// stay equal, and the number of images stays open.
  mutating func resize(_ x: ONNXValue, from input: (Int, Int), to output: (Int, Int)) -> ONNXValue {
    let down = resize(x, axis: 2, LinearAxis(inputs: input.0, outputs: output.0), shape: [1, 1, output.0, 1])
    return resize(down, axis: 3, LinearAxis(inputs: input.1, outputs: output.1), shape: [1, 1, 1, output.1])
  }

  private mutating func resize(_ x: ONNXValue, axis: Int, _ line: LinearAxis, shape: [Int]) -> ONNXValue {
    let lower = line.lower.map(Int.init)
    let upper = lower.map { min($0 + 1, line.inputs - 1) }
    let before = node("Gather", x, integers(lower), attributes: ["axis": .int(axis)])
    let after = node("Gather", x, integers(upper), attributes: ["axis": .int(axis)])
    return node("Add", before, node("Mul", node("Sub", after, before), constant(line.weight, shape)))
  }
}
