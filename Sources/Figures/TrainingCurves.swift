import Foundation
import Records

/// How training went: loss and accuracy of each head of one variant over the epochs, and the accuracy of all variants.
public struct TrainingCurves: Figure {
  public let name = "training-curves"
  public let columns = Curve.columns
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String
  public let hasPanels = true

  /// The most epochs that are drawn of one line: more would not be seen.
  static let mostEpochs = 300

  init(of records: FolderRecords) throws {
    let subject = try records.subject(of: name)
    let values = EpochValues(try records.epochs(), runs: try records.runs(), most: Self.mostEpochs)
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
    let parts = [
      Part(
        title: "Training loss\(isSingle ? "" : " of each head"), nat", limits: nil, curves: ofHeads(Metric.trainLoss)),
      Part(
        title: "Top-1 on the test images\(isSingle ? "" : " by each head"), %", limits: 0...100,
        curves: ofHeads(Metric.top1)),
      Part(title: "Top-1 on the test images, all variants, %", limits: 0...100, curves: values.variants),
    ].filter { part in part.curves.contains { !$0.mean.isEmpty } }.prefix(values.variants.count > 1 ? 3 : 2)

    let labels = parts.flatMap(\.curves).map(\.label)
    size = FigureSize(width: 800, height: 116 + 244 * parts.count + 36)
    rows = parts.enumerated().flatMap { index, part in part.curves.flatMap { $0.rows(panel: index) } }
    let marks = try Self.marks(of: subject, values, records.recipe())
    let seeds = subject.runs.count > 1 ? "Thin lines: seeds. Thick line: their mean. " : ""
    let thinned = values.isThinned ? "Every \(values.step)th epoch is drawn. " : ""
    let size = self.size
    commands = Panel.all(
      Style.texts(
        title: "Training of \(subject.label) on \(subject.cell.table.dataset)",
        subtitle: subject.subtitle(counted(subject.images, "test image")),
        caption: seeds + thinned + (marks.isEmpty ? "" : "Dashed: " + marks.map(\.text).joined(separator: "; ") + "."),
        size: size),
      parts.enumerated().map { index, part in
        part.commands(
          index, in: size, right: 28 + (labels.map(Style.width).max() ?? 0), epochs: values.last,
          marks: index < 2 ? marks.map(\.epoch) : [], isLast: index == parts.count - 1)
      })
  }

  /// Where the learning rate and the peak policy change: the epoch after which they do, and what.
  private static func marks(
    of subject: FolderRecords.Subject, _ values: EpochValues, _ recipe: ResolvedRecipe
  ) throws -> [(epoch: Int, text: String)] {
    guard let run = subject.runs.first else { return [] }
    let rates = values[run.id, nil, Metric.learningRate]
    var marks = zip(rates, rates.dropFirst()).filter { $0.value != $1.value }.map { before, after in
      (
        before.epoch,
        "learning rate \(shortNumber(before.value)) to \(shortNumber(after.value)) after epoch \(before.epoch)"
      )
    }
    let isScheduled = subject.cell.p == nil && subject.cell.variant == "s3n"
    if isScheduled, case .object(let schedules)? = recipe.values["schedule"],
      case .object(let schedule)? = schedules["sampling"], case .number(let epoch)? = schedule["split_after_epoch"],
      epoch > 0, epoch < Double(values.last)
    {
      marks.append((Int(epoch), "p = 0 to p = 1 after epoch \(Int(epoch))"))
    }
    return marks.sorted { $0.0 < $1.0 }
  }

  private struct Part {
    let title: String
    /// What values there can be; nil for any from 0 on.
    let limits: ClosedRange<Double>?
    let curves: [Curve]

    func commands(
      _ index: Int, in size: FigureSize, right: Int, epochs: Int, marks: [Int], isLast: Bool
    ) -> String {
      let panel = Panel(left: 64, right: size.width - right, top: 116 + 244 * index, bottom: 116 + 244 * index + 170)
      let means = curves.map(\.mean)
      let values = curves.flatMap { $0.seeds.joined().map(\.value) }
      let axis = Axis(holding: values, within: limits ?? 0...2 * (values.max() ?? 1), tics: 4)
      let heights = ScalingSeries.labelHeights(
        means.map { (($0.last?.value ?? 0) - axis.range.lowerBound) / axis.length }, gap: 19.0 / 170)
      let labels = zip(curves, heights).enumerated().map { number, line in
        """
        set label \(20 + number) \(Style.quoted(line.0.label)) at graph 1, graph \(Style.number(line.1, digits: 4)) \
        left \(Style.shift(8, size)) font ',14' textcolor rgb '\(line.0.colour)'
        """
      }
      let arrows = marks.enumerated().map { number, epoch in
        """
        set arrow \(number + 1) from first \(Double(epoch) + 0.5), graph 0 to first \(Double(epoch) + 0.5), graph 1 nohead \
        back dashtype (8,8) linewidth 1 linecolor rgb '\(Style.quiet)'
        """
      }
      return """
        \(panel.margins(in: size))
        \(Panel.axes(grid: "ytics"))
        \(Panel.title(title))
        \(isLast ? "set xlabel 'epoch' font ',13' textcolor rgb '\(Style.quiet)'" : "unset xlabel")
        set xrange [\(epochs == 1 ? 0.5 : 1):\(epochs == 1 ? 1.5 : Double(epochs))]
        set yrange [\(axis.range.lowerBound):\(axis.range.upperBound)]
        set ytics \(axis.range.lowerBound),\(axis.step)
        \((labels + arrows).joined(separator: "\n"))
        of(kind, value) = $1 == \(index) && strcol(3) eq kind ? value : NaN
        plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \\
          data using 4:(of('mean', $5)):6 with linespoints pointtype 7 pointsize \(epochs > 30 ? "0" : "0.6 * dot") \\
            linewidth 2 linecolor rgb variable title 'means'
        """
    }
  }
}

/// A number without zeros at its end: 0.003, 0.0003.
func shortNumber(_ value: Double) -> String { String(format: "%.4g", value) }
