import Records

/// How the sampling develops over the epochs: peaks of the test images and their response, the radii, and the filter.
public struct PeaksOverTraining: Figure {
  public let name = "peaks-over-training"
  public let columns = Curve.columns
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String
  public let hasPanels = true

  init(of records: FolderRecords) throws {
    let subject = try records.subject(of: name)
    let byRun = Dictionary(grouping: try records.sampling(), by: \.runID)
    let seeds = subject.runs.compactMap { byRun[$0.id] }
    let thinning = EpochThinning(last: seeds.joined().map(\.epoch).max() ?? 0)
    guard thinning.last > 0 else {
      throw FiguresError.noData(
        figure: name,
        needed:
          "rows of sampling.csv about \(subject.label), which a network without peaks and older versions do not write")
    }
    func curve(_ label: String, _ colour: String, _ value: (SamplingRow) -> Double?) -> Curve {
      Curve(
        label: label, colour: colour,
        seeds: seeds.map { rows in
          rows.filter { thinning.keeps($0.epoch) }.compactMap { row in value(row).map { (row.epoch, $0) } }
        })
    }
    func change(_ radius: Float?, _ start: Double?) -> Double? {
      radius.flatMap { radius in start.map { 100 * (Double(radius) / $0 - 1) } }
    }
    let radii = [
      curve("radius", Style.vermilion) { change($0.radius, subject.cell.radius) },
      curve("radius_inv", Style.sky) { change($0.radiusInverse, subject.cell.radiusInverse) },
    ].filter { !$0.mean.isEmpty }
    let panels = [
      EpochPanel(
        title: "Peaks in a test image", limits: nil,
        curves: [
          curve("most", Style.quiet) { Double($0.mostPeaks) }, curve("mean", Style.blue, \.meanPeaks),
          curve("fewest", Style.quiet) { Double($0.fewestPeaks) },
        ]),
      EpochPanel(title: "Mean response at a peak", limits: 0...1, curves: [curve("response", Style.blue, \.meanScore)]),
      EpochPanel(
        title: "Change of the radii, in % of what they began as", limits: Self.limits(of: radii), curves: radii),
      EpochPanel(
        title: "Change of the filter, in % of the Gaussian that it begins as", limits: nil,
        curves: [curve("filter", Style.green) { 100 * $0.filterChange }]),
    ].filter { panel in panel.curves.contains { !$0.mean.isEmpty } }

    size = EpochPanel.size(of: panels.count)
    rows = panels.enumerated().flatMap { index, panel in panel.curves.flatMap { $0.rows(panel: index) } }
    let marks = ScheduleMark.all(
      of: subject, EpochValues(try records.epochs(), runs: try records.runs()), try records.recipe())
    commands = EpochPanel.commands(
      Style.texts(
        title: "Where \(subject.label) looks on \(subject.cell.table.dataset), over its training",
        subtitle: subject.subtitle(counted(subject.images, "test image")),
        caption: Curve.caption(seeds: seeds.count) + thinning.caption + ScheduleMark.caption(marks), size: size),
      panels, epochs: thinning.last, marks: marks, on: panels.indices)
  }

  /// Symmetric limits, twice the largest change.
  private static func limits(of curves: [Curve]) -> ClosedRange<Double> {
    let greatest = curves.flatMap { $0.seeds.joined().map { abs($0.value) } }.max() ?? 0
    return greatest > 0 ? -2 * greatest...2 * greatest : -1...1
  }
}
