import Records

/// Speed from commit to commit: the median time of a step for each piece of work on each machine, and the memory.
public struct PerformanceHistory: Figure {
  public let name = "performance-history"
  public let columns = ["panel", "line", "commit", "place", "median", "low", "high", "status", "colour"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String
  public let hasPanels = true

  private static let (top, pitch, height) = (116, 250, 170)

  /// Draws rows of history.csv in any order; commits are sorted by date.
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
