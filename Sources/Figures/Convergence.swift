import Records

/// Whether training comes out alike: accuracy of each head over the epochs, by bench and by PyTorch.
public struct Convergence: Figure {
  public let name = "convergence"
  public let columns = Curve.columns
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String
  public let hasPanels = true

  private static let panelSize = (width: 300, height: 170)

  /// From the rows of convergence.csv and equivalence.csv; throws `noData` where there are none.
  public init(of accuracies: [ConvergenceRow], verdicts: [EquivalenceRow]) throws(FiguresError) {
    guard let last = accuracies.map(\.epoch).max(), !verdicts.isEmpty else {
      throw .noData(figure: name, needed: "rows of convergence.csv and equivalence.csv")
    }
    let programs = [(ConvergenceRow.Program.bench, "bench", Style.blue), (.pytorch, "PyTorch", Style.vermilion)]
    let panels = verdicts.map { verdict in
      programs.map { program, label, colour in
        let mine = accuracies.filter {
          $0.program == program && $0.variant == verdict.variant && $0.head == verdict.head
        }
        return Curve(
          label: label, colour: colour,
          seeds: mine.map(\.seed).unique().map { seed in
            mine.filter { $0.seed == seed }.map { (epoch: $0.epoch, value: $0.top1) }
          })
      }
    }
    let axis = Axis(holding: accuracies.map(\.top1), within: 0...100, tics: 4)
    size = FigureSize(width: 840, height: 116 + 262 * ((verdicts.count + 1) / 2) + 30)
    rows = panels.enumerated().flatMap { index, curves in curves.flatMap { $0.rows(panel: index) } }
    let size = self.size
    let margin = verdicts.first.map { shortNumber($0.margin) } ?? ""
    commands = Panel.all(
      Style.texts(
        title: "The same training by bench and by PyTorch", subtitle: Self.subtitle(verdicts, epochs: last),
        caption: "Thin lines: seeds. Thick lines: their mean. Above: difference of the final means with its 90 % interval; "
          + "equivalent if that lies within \(margin) points.",
        size: size),
      zip(verdicts, panels).enumerated().map { index, part in
        Self.commands(
          index, title: Self.title(part.0), curves: part.1, axis: axis, epochs: last,
          isLast: index + 2 >= verdicts.count, in: size)
      })
  }

  private static func subtitle(_ verdicts: [EquivalenceRow], epochs: Int) -> String {
    let seeds = verdicts.map { min($0.seeds, $0.peerSeeds) }.min() ?? 0
    return "birdlets, top-1 on the test images in %, \(counted(seeds, "seed")) of each, \(counted(epochs, "epoch")); "
      + "other random numbers, the same recipe"
  }

  private static func title(_ verdict: EquivalenceRow) -> String {
    let head = verdict.variant == "baseline" ? "" : ", \(verdict.head) head"
    let sign = verdict.difference < 0 ? "−" : "+"
    return "\(verdict.variant)\(head): \(sign)\(Style.number(abs(verdict.difference))) "
      + "[\(Style.number(verdict.low90)), \(Style.number(verdict.high90))], "
      + (verdict.verdict == "equivalent" ? "equivalent" : "not shown to be")
  }

  private static func commands(
    _ index: Int, title: String, curves: [Curve], axis: Axis, epochs: Int, isLast: Bool, in size: FigureSize
  ) -> String {
    let left = index.isMultiple(of: 2) ? 56 : 460
    let top = 116 + 262 * (index / 2)
    let panel = Panel(left: left, right: left + panelSize.width, top: top, bottom: top + panelSize.height)
    let ends = curves.map { (($0.mean.last?.value ?? 0) - axis.range.lowerBound) / axis.length }
    let heights = ScalingSeries.labelHeights(ends, gap: 19.0 / Double(panelSize.height))
    let labels = zip(curves, heights).enumerated().map { number, line in
      """
      set label \(20 + number) \(Style.quoted(line.0.label)) at graph 1, graph \(Style.number(line.1, digits: 4)) \
      left \(Style.shift(6, size)) font ',13' textcolor rgb '\(line.0.colour)'
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
      \(labels.joined(separator: "\n"))
      of(kind, value) = $1 == \(index) && strcol(3) eq kind ? value : NaN
      plot data using 4:(of('seed', $5)):6 with lines linewidth 1 linecolor rgb variable title 'seeds', \\
        data using 4:(of('mean', $5)):6 with lines linewidth 2 linecolor rgb variable title 'means'
      """
  }
}
