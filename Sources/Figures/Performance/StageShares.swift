import Records

/// Where a step's time goes: the median share of each stage, largest first, for each phase.
public struct StageShares: Figure {
  public let name = "stage-shares"
  public let columns = ["row", "phase", "stage", "share_percent", "median_ns", "share", "median"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws comparable rows of stages.csv, for instance of one variant, described by `subject`. Phases without whole
  /// steps, which overlap the others, are left out.
  public init(of stages: [StageRow], subject: String) throws(FiguresError) {
    try self.init(of: StageSummary.summaries(of: stages), subject: subject)
  }

  /// Draws the runs of one variant of a folder: medians over its seeds.
  init(of records: FolderRecords) throws {
    let subject = try records.subject(of: "stage-shares")
    let ids = Set(subject.runs.map(\.id))
    let rows = try records.stages().filter { ids.contains($0.runID) }.map(\.summary)
    try self.init(
      of: StageSummary.medians(of: rows),
      subject: [subject.subtitle(), try records.machine()].filter { !$0.isEmpty }.joined(separator: ", ")
        .shortened(to: 92))
  }

  /// Draws stage summaries, grouped by phase.
  private init(of summaries: [StageSummary], subject: String) throws(FiguresError) {
    let phases = summaries.map(\.phase).unique()
    var entries: [Entry] = []
    for phase in phases {
      let ofPhase = summaries.filter { $0.phase == phase }
      guard let step = ofPhase.first(where: { $0.stage == StageRow.wholeStep }) else { continue }
      entries.append(.phase(step))
      entries += ofPhase.enumerated().filter { $1.stage != StageRow.wholeStep }
        // Ties keep their order.
        .sorted { ($0.element.medianShare ?? 0, $1.offset) > ($1.element.medianShare ?? 0, $0.offset) }
        .map { .stage($0.element) }
    }
    guard !entries.isEmpty else {
      throw .noData(figure: name, needed: "rows of stages.csv with the stage \(StageRow.wholeStep)")
    }
    let positions = Self.positions(of: entries)
    rows = zip(positions, entries).map { $1.row(at: $0) }
    let bottom = (positions.last ?? 0) + 0.6
    size = FigureSize(width: 800, height: Style.headHeight + Int(26 * bottom) + Style.footHeight)
    let axis = Axis(holding: [0, entries.compactMap(\.share).max() ?? 0], within: 0...100, tics: 5)
    commands = """
      \(Style.frame(
        title: "Where a step's time goes", subtitle: subject,
        caption: "Median over the steps of each stage's share of its step, and its median time.", size: size,
        margins: Style.Margins(leftLabels: entries.map(\.label), rightLabels: ["100 %  100 ms"])))
      set xrange [0:\(axis.range.upperBound)]
      set xtics 0,\(axis.step)
      set yrange [\(bottom):0.4]
      unset ytics
      half = 0.32
      high = \(axis.range.upperBound)
      phase(value) = strcol(3) eq '\(StageRow.wholeStep)' ? value : NaN
      stage(value) = strcol(3) eq '\(StageRow.wholeStep)' ? NaN : value
      plot data using (stage($4)):1:(0):4:($1 - half):($1 + half) with boxxyerror \\
          linecolor rgb '\(Style.blue)' title 'shares', \\
        data using (stage(0)):1:3 with labels right \(Style.shift(-8, size)) font ',15' \\
          textcolor rgb '\(Style.ink)' title 'stages', \\
        data using (phase(0)):1:2 with labels right \(Style.shift(-8, size)) font ',16' \\
          textcolor rgb '\(Style.blue)' title 'phases', \\
        data using (high):1:6 with labels right \(Style.shift(60, size)) font ',14' \\
          textcolor rgb '\(Style.ink)' title 'percentages', \\
        data using (high):1:7 with labels right \(Style.shift(132, size)) font ',14' \\
          textcolor rgb '\(Style.ink)' title 'times'
      """
  }

  /// A row for each entry, with a gap above each phase but the first.
  private static func positions(of entries: [Entry]) -> [Double] {
    var next = 0.4
    return entries.map { entry in
      if case .phase = entry, next > 1 { next += 0.6 }
      next += 1
      return next - 0.4
    }
  }

  private enum Entry {
    case phase(StageSummary)
    case stage(StageSummary)

    var label: String {
      switch self {
      case .phase(let step): step.phase
      case .stage(let stage): stage.stage.replacing("_", with: " ")
      }
    }

    var share: Double? {
      if case .stage(let stage) = self { 100 * (stage.medianShare ?? 0) } else { nil }
    }

    func row(at position: Double) -> [String] {
      switch self {
      case .phase(let step):
        [
          position.field, step.phase, step.stage, "", step.medianNanoseconds.field, "",
          duration(step.medianNanoseconds),
        ]
      case .stage(let stage):
        [
          position.field, stage.phase, label, (share ?? 0).field, stage.medianNanoseconds.field,
          Style.number(share ?? 0) + " %", duration(stage.medianNanoseconds),
        ]
      }
    }
  }
}

extension StageSummary {
  /// The median summary of each stage over several runs, by its time.
  fileprivate static func medians(of rows: [StageSummary]) -> [StageSummary] {
    rows.map { [$0.phase, $0.stage] }.unique().compactMap { key in
      let same = rows.filter { [$0.phase, $0.stage] == key }.sorted { $0.medianNanoseconds < $1.medianNanoseconds }
      return same.isEmpty ? nil : same[same.count / 2]
    }
  }
}

/// A time in a suitable unit, to three digits.
func duration(_ nanoseconds: Double) -> String {
  let (value, unit) =
    switch nanoseconds {
    case 1e9...: (nanoseconds / 1e9, "s")
    case 1e6...: (nanoseconds / 1e6, "ms")
    default: (nanoseconds / 1e3, "µs")
    }
  return "\(Style.number(value, digits: value < 10 ? 2 : value < 100 ? 1 : 0)) \(unit)"
}
