import Records

/// Where a step's time goes: the median share of each stage, largest first, for each phase.
public struct StageShares: Figure {
  public let name = "stage-shares"
  public let columns = ["row", "phase", "stage", "share_percent", "median_ns", "note"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// From rows of stages.csv that are alike, of one variant say; `subject` says of what. Phases without whole steps,
  /// which overlap the others, are left out.
  public init(of stages: [StageRow], subject: String) throws(FiguresError) {
    let summaries = StageSummary.summaries(of: stages)
    let phases = summaries.map(\.phase).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    var entries: [Entry] = []
    for phase in phases {
      let ofPhase = summaries.filter { $0.phase == phase }
      guard let step = ofPhase.first(where: { $0.stage == StageRow.wholeStep }) else { continue }
      entries.append(.phase(step))
      entries += ofPhase.enumerated().filter { $1.stage != StageRow.wholeStep }
        // Equal shares keep their order.
        .sorted { ($0.element.medianShare ?? 0, $1.offset) > ($1.element.medianShare ?? 0, $0.offset) }
        .map { .stage($0.element) }
    }
    guard !entries.isEmpty else {
      throw .noData(figure: name, needed: "rows of stages.csv with the stage \(StageRow.wholeStep)")
    }
    size = FigureSize(width: 800, height: Style.headHeight + 26 * entries.count + Style.footHeight)
    rows = entries.enumerated().map { $1.row(at: $0 + 1) }
    let largest = entries.compactMap(\.share).max() ?? 0
    let axis = Axis(holding: [0, largest], within: 0...100)
    commands = """
      \(Style.frame(
        title: "Where a step's time goes", subtitle: subject,
        caption: "Median over the steps of each stage's share of its step, and its median time.",
        size: size, leftLabels: entries.map(\.label), rightLabels: entries.map(\.note)))
      set xrange [\(axis.range.lowerBound):\(axis.range.upperBound)]
      set xtics 0,\(axis.step)
      set yrange [\(entries.count).5:0.5]
      unset ytics
      half = 0.32
      isPhase(is, isNot) = strcol(3) eq '\(StageRow.wholeStep)' ? is : isNot
      right = \(axis.range.upperBound)
      plot data using (isPhase(NaN, $4)):1:(0):4:($1 - half):($1 + half) with boxxyerror linecolor rgb '\(Style.blue)', \
        data using (isPhase(NaN, 0)):1:3 with labels right offset -1,0 textcolor rgb '\(Style.ink)', \
        data using (isPhase(0, NaN)):1:2 with labels right offset -1,0 textcolor rgb '\(Style.ink)' font ':Bold', \
        data using (right):1:6 with labels left offset 1,0 textcolor rgb '\(Style.ink)' font ',13'
      """
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

    var note: String {
      switch self {
      case .phase(let step): "\(duration(step.medianNanoseconds)) a step"
      case .stage(let stage): "\(Style.number(share ?? 0)) %  \(duration(stage.medianNanoseconds))"
      }
    }

    func row(at position: Int) -> [String] {
      switch self {
      case .phase(let step):
        ["\(position)", step.phase, step.stage, "", step.medianNanoseconds.field, note]
      case .stage(let stage):
        ["\(position)", stage.phase, label, (share ?? 0).field, stage.medianNanoseconds.field, note]
      }
    }
  }
}

/// A time in the unit that suits it, to three digits.
private func duration(_ nanoseconds: Double) -> String {
  let (value, unit) =
    switch nanoseconds {
    case 1e9...: (nanoseconds / 1e9, "s")
    case 1e6...: (nanoseconds / 1e6, "ms")
    default: (nanoseconds / 1e3, "µs")
    }
  return "\(Style.number(value, digits: value < 10 ? 2 : value < 100 ? 1 : 0)) \(unit)"
}
