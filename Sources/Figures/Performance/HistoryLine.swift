import Records

/// One line of a panel, by ascending place.
struct HistoryLine {
  struct Point {
    let commit: String
    let place: Int
    let median: Double
    let low: Double
    let high: Double
    let status: PerformanceRow.Status
  }

  let label: String
  let colour: String
  let points: [Point]
  /// The latest measurement of the newest commit; the label goes next to it.
  var end: Point? { Self.end(of: points) }

  private static func end(of points: [Point]) -> Point? {
    let newest = points.map(\.place).max()
    return points.last { $0.place == newest }
  }

  init(
    _ text: String, colour: String, of rows: [HistoryRow], at places: [String: Int],
    values: (StageSummary) -> (median: Double, low: Double, high: Double)
  ) {
    let points = rows.sorted { $0.measured < $1.measured }.map { row in
      let (median, low, high) = values(row.summary)
      return Point(
        commit: row.commit, place: places[row.commit] ?? 0, median: median, low: low, high: high, status: row.status)
    }
    let last = Self.end(of: points).map { point in
      Style.number(point.median, digits: point.median < 10 ? 2 : point.median < 100 ? 1 : 0)
    }
    label = [text, last ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
    (self.colour, self.points) = (colour, points)
  }

  /// The peak tensor memory at each commit, on any machine.
  init(memoryOf work: String, colour: String, _ rows: [HistoryRow], at places: [String: Int]) {
    let most = Dictionary(grouping: rows, by: \.commit).values.compactMap { rows in
      rows.max { ($0.peakTensorBytes ?? 0) < ($1.peakTensorBytes ?? 0) }
    }
    let bytes = Dictionary(uniqueKeysWithValues: most.map { ($0.commit, Double($0.peakTensorBytes ?? 0) / 1e9) })
    let points = most.map { row in
      let value = bytes[row.commit] ?? 0
      return Point(
        commit: row.commit, place: places[row.commit] ?? 0, median: value, low: value, high: value, status: .final)
    }.sorted { $0.place < $1.place }
    label = "\(work): " + Style.number(points.last?.median ?? 0, digits: 2)
    (self.colour, self.points) = (colour, points)
  }

  /// A row without a number ends the line, which joins the latest measurements of each commit.
  func rows(panel: Int) -> [[String]] {
    let shade = "\(Int(colour.dropFirst(), radix: 16) ?? 0)"
    func row(_ point: Point, _ kind: String) -> [String] {
      [
        "\(panel)", kind, String(point.commit.prefix(7)), "\(point.place)", point.median.field, point.low.field,
        point.high.field, point.status.rawValue, shade,
      ]
    }
    let last = Dictionary(points.map { ($0.place, $0) }) { _, later in later }.sorted { $0.key < $1.key }.map(\.value)
    return points.map { row($0, "measured") } + last.map { row($0, "line") }
      + [["\(panel)", "line", "", "0", "nan", "nan", "nan", "", "0"]]
  }
}
