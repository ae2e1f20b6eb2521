import Records

/// How fast the program was from commit to commit: the median of a step of each piece of work on each machine, and the memory.
public struct PerformanceHistory: Figure {
  public let name = "performance-history"
  public let columns = ["panel", "line", "commit", "place", "median", "low", "high", "status", "colour"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String
  public let hasPanels = true

  private static let (top, pitch, height) = (116, 250, 170)

  /// From rows of history.csv, whatever their order: commits stand by their date.
  public init(of history: [HistoryRow]) throws(FiguresError) {
    let steps = history.filter { $0.summary.stage == StageRow.wholeStep }
    guard !steps.isEmpty else {
      throw .noData(figure: name, needed: "rows of history.csv with the stage \(StageRow.wholeStep)")
    }
    let commits = steps.sorted { ($0.commitDate, $0.commit) < ($1.commitDate, $1.commit) }.map(\.commit).unique()
    let places = Dictionary(uniqueKeysWithValues: commits.enumerated().map { ($1, $0 + 1) })
    let settings = HistorySettings(of: steps)
    let keys = steps.map(HistorySettings.key).unique().sorted()
    let works = steps.map(HistoryWork.init).unique()
    var panels = works.map { work in
      let ofWork = steps.filter { HistoryWork($0) == work }
      let isLong = ofWork.contains { $0.summary.medianNanoseconds >= 2e9 }
      let unit = isLong ? 1e9 : 1e6
      return HistoryPanel(
        title: "\(work.title), \(isLong ? "s" : "ms")",
        lines: keys.enumerated().compactMap { index, key in
          let line = ofWork.filter { HistorySettings.key($0) == key }
          guard let first = line.first else { return nil }
          return HistoryLine(settings.text(first), colour: Style.colour(index), of: line, at: places) {
            ($0.medianNanoseconds / unit, $0.p10Nanoseconds / unit, $0.p90Nanoseconds / unit)
          }
        })
    }
    let known = steps.filter { $0.peakTensorBytes != nil }
    let kinds = HistorySettings(memoryOf: known)
    let memory = known.map(kinds.words).unique().enumerated().map { index, kind in
      HistoryLine(memoryOf: kind, colour: Style.colour(index), known.filter { kinds.words($0) == kind }, at: places)
    }
    if !memory.isEmpty { panels.append(HistoryPanel(title: "Tensors at their most, GB", lines: memory)) }

    rows = panels.enumerated().flatMap { index, panel in panel.lines.flatMap { $0.rows(panel: index) } }
    size = FigureSize(width: 920, height: Self.top + Self.pitch * panels.count + 36)
    let size = self.size
    let right = 28 + (panels.flatMap(\.lines).map { Style.width(of: $0.label) }.max() ?? 0)
    commands = Panel.all(
      Style.texts(
        title: "Time and memory of a step, by commit",
        subtitle: (settings.shared + [counted(commits.count, "commit")]).joined(separator: ", ").shortened(to: 92),
        caption:
          "Points: medians, hollow where the machine was busy; bars: p10 to p90. Lines join what was measured last.",
        size: size),
      panels.enumerated().map { index, panel in
        let top = Self.top + Self.pitch * index
        return panel.commands(
          index, Panel(left: 72, right: size.width - right, top: top, bottom: top + Self.height), in: size,
          commits: index == panels.count - 1 ? commits : commits.map { _ in "" })
      })
  }
}

/// What is done in a step, wherever it is.
private struct HistoryWork: Hashable {
  let subject: PerformanceSubject
  let phase: String

  init(_ row: HistoryRow) {
    var subject = row.subject
    (subject.machine, subject.threads, subject.variant, subject.precision) = ("", 0, "", "")
    (self.subject, phase) = (subject, row.summary.phase)
  }

  var title: String {
    subject.title(phase: phase) + (subject.size > 0 ? ", \(subject.size) x \(subject.size)" : "")
  }
}

/// Of what measurements are: what all share stands in the subtitle, what differs beside the lines.
private struct HistorySettings {
  private typealias Part = (HistoryRow) -> String
  let shared: [String]
  private let telling: [Part]

  /// Where they were made.
  init(of rows: [HistoryRow]) {
    self.init(
      of: rows,
      [
        { $0.subject.machine }, { counted($0.subject.threads, "thread") }, { $0.subject.variant },
        { $0.subject.precision },
      ])
  }

  /// What took the memory; model and phase are always told.
  init(memoryOf rows: [HistoryRow]) {
    self.init(
      of: rows, [{ $0.subject.precision }, { "batch \($0.subject.batch)" }, { "\($0.subject.size) pixels" }],
      always: [{ $0.subject.model }, { $0.summary.phase }])
  }

  private init(of rows: [HistoryRow], _ parts: [Part], always: [Part] = []) {
    func values(_ part: Part) -> [String] { rows.map(part).unique() }
    shared = parts.filter { values($0).count == 1 }.flatMap(values)
    telling = always + parts.filter { values($0).count > 1 }
  }

  /// What tells the lines of a panel apart.
  static func key(_ row: HistoryRow) -> String {
    "\(row.subject.machine) \(row.subject.threads) \(row.subject.variant) \(row.subject.precision)"
  }

  func words(_ row: HistoryRow) -> String { telling.map { $0(row) }.joined(separator: ", ") }
  func text(_ row: HistoryRow) -> String { words(row).shortened(to: 36) }
}

/// One line of a panel, by rising place.
private struct HistoryLine {
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

  init(
    _ text: String, colour: String, of rows: [HistoryRow], at places: [String: Int],
    values: (StageSummary) -> (median: Double, low: Double, high: Double)
  ) {
    let points = rows.sorted { $0.measured < $1.measured }.map { row in
      let (median, low, high) = values(row.summary)
      return Point(
        commit: row.commit, place: places[row.commit] ?? 0, median: median, low: low, high: high, status: row.status)
    }
    let newest = points.map(\.place).max()
    let last = points.last { $0.place == newest }.map { point in
      Style.number(point.median, digits: point.median < 10 ? 2 : point.median < 100 ? 1 : 0)
    }
    label = [text, last ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
    (self.colour, self.points) = (colour, points)
  }

  /// The most that tensors took at each commit, on any machine.
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

  /// A row without a number ends the line, which goes through what was measured last at each commit.
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

private struct HistoryPanel {
  let title: String
  let lines: [HistoryLine]

  /// `commits` are written below, as far as there is room; empty ones are not.
  func commands(_ index: Int, _ panel: Panel, in size: FigureSize, commits: [String]) -> String {
    let values = lines.flatMap { $0.points.flatMap { [$0.low, $0.high] } }
    let most = values.max() ?? 0
    let axis = Axis(holding: [0] + values, within: 0...(most > 0 ? 2 * most : 1), tics: 4)
    let labels = LineLabels.commands(
      lines.map {
        .init(text: $0.label, colour: $0.colour, end: ($0.points.last?.median ?? 0) / axis.range.upperBound)
      }, height: panel.bottom - panel.top, shift: 10, in: size)
    let step = max(1, (commits.count * 66 + panel.right - panel.left - 1) / (panel.right - panel.left))
    let tics = commits.enumerated().filter { ($0.offset + 1 - commits.count) % step == 0 }.map {
      "'\($0.element.prefix(7))' \($0.offset + 1)"
    }
    return """
      \(panel.margins(in: size))
      \(Panel.axes(grid: "ytics"))
      \(Panel.title(title))
      set xrange [0.6:\(commits.count).4]
      set xtics (\(tics.joined(separator: ", "))) font ',11'
      set yrange [0:\(axis.range.upperBound)]
      set ytics 0,\(axis.step)
      \(labels)
      of(kind, value) = $1 == \(index) && strcol(2) eq kind ? value : NaN
      final(value) = strcol(8) eq 'final' ? of('measured', value) : NaN
      plot data using 4:(of('line', $5)):9 with lines linewidth 2 linecolor rgb variable title 'medians', \\
        data using 4:(of('measured', $6)):(0):($7 - $6):9 with vectors nohead linewidth 1.2 linecolor rgb variable \\
          title 'range', \\
        data using 4:(of('measured', $5)) with points pointtype 7 pointsize dot linecolor rgb '#FFFFFF' title 'busy', \\
        data using 4:(of('measured', $5)):9 with points pointtype 6 pointsize dot linewidth 1.2 linecolor rgb variable \\
          title 'busy', \\
        data using 4:(final($5)):9 with points pointtype 7 pointsize dot linecolor rgb variable title 'final'
      """
  }
}
