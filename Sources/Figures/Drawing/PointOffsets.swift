/// The offset of each point across its line, so that points closer than `closeness` do not hide each other.
func offsets(of values: [Double], closeness: Double) -> [Double] {
  var placed: [(value: Double, level: Int)] = []
  return values.map { value in
    let near = placed.filter { abs($0.value - value) < closeness }.map(\.level)
    let level = (0...near.count).first { !near.contains($0) } ?? 0
    placed.append((value, level))
    // Levels 0, 1, 2, 3 ... are on the line, on one side, on the other, further out ...
    return 0.17 * Double((level + 1) / 2) * (level % 2 == 0 ? 1 : -1)
  }
}
