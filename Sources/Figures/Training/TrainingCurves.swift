import Records

/// The course of training: loss and accuracy of each head of one variant over the epochs, and accuracy of all variants.
public struct TrainingCurves: Figure {
  public let name = "training-curves"
  public let columns = Curve.columns
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String
  public let hasPanels = true

  init(of records: FolderRecords) throws {
    let subject = try records.subject(of: name)
    let values = EpochValues(try records.epochs(), runs: try records.runs())
    guard values.last > 0 else {
      throw FiguresError.noData(figure: name, needed: "rows of epochs.csv of finished runs")
    }
    let isSingle = subject.heads.count == 1
    func ofHeads(_ metric: String) -> [Curve] {
      subject.heads.enumerated().map { index, head in
        Curve(
          label: isSingle ? subject.label : head, colour: Style.colour(index),
          seeds: subject.runs.map { values[$0.id, head, metric] })
      }
    }
    let panels = [
      EpochPanel(
        title: "Training loss\(isSingle ? "" : " of each head"), nat", limits: nil, curves: ofHeads(Metric.trainLoss)),
      EpochPanel(
        title: "Top-1 on the test images\(isSingle ? "" : " by each head"), %", limits: 0...100,
        curves: ofHeads(Metric.top1)),
      EpochPanel(title: "Top-1 on the test images, all variants, %", limits: 0...100, curves: values.variants),
    ].filter { panel in panel.curves.contains { !$0.mean.isEmpty } }.prefix(values.variants.count > 1 ? 3 : 2)

    size = EpochPanel.size(of: panels.count)
    rows = panels.enumerated().flatMap { index, panel in panel.curves.flatMap { $0.rows(panel: index) } }
    let marks = ScheduleMark.all(of: subject, values, try records.recipe())
    commands = EpochPanel.commands(
      Style.texts(
        title: "Training of \(subject.label) on \(subject.cell.table.dataset)",
        subtitle: subject.subtitle(counted(subject.images, "test image")),
        caption: Curve.caption(seeds: subject.runs.count) + values.thinning.caption + ScheduleMark.caption(marks),
        size: size),
      Array(panels), epochs: values.last, marks: marks, on: 0..<2)
  }
}
