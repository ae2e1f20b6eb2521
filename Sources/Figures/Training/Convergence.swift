import Records

/// Whether training gives the same results: each head's accuracy over the epochs, by bench and by PyTorch.
public struct Convergence: Figure {
  public let name = "learning-curves"
  public let columns = Curve.columns
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String
  public let hasPanels = true

  /// Draws the rows of convergence.csv and equivalence.csv; throws `noData` without any.
  public init(of accuracies: [ConvergenceRow], verdicts: [EquivalenceRow]) throws(FiguresError) {
    guard let last = accuracies.map(\.epoch).max(), !verdicts.isEmpty else {
      throw .noData(figure: name, needed: "rows of convergence.csv and equivalence.csv")
    }
    let programs = [(ConvergenceRow.Program.bench, "bench", Style.blue), (.pytorch, "PyTorch", Style.vermilion)]
    let panels = verdicts.map { verdict in
      EpochPanel(
        title: Self.title(verdict), limits: 0...100,
        curves: programs.map { program, label, colour in
          let mine = accuracies.filter {
            $0.program == program && $0.variant == verdict.variant && $0.head == verdict.head
          }
          let seeds = mine.map(\.seed).unique()
          return Curve(
            label: label, colour: colour,
            seeds: seeds.map { seed in mine.filter { $0.seed == seed }.map { (epoch: $0.epoch, value: $0.top1) } })
        })
    }
    size = EpochPanel.size(of: panels.count, columns: 2)
    rows = panels.enumerated().flatMap { index, panel in panel.curves.flatMap { $0.rows(panel: index) } }
    let margin = verdicts.first.map { shortNumber($0.margin) } ?? ""
    commands = EpochPanel.commands(
      Style.texts(
        title: "The same training by bench and by PyTorch", subtitle: Self.subtitle(verdicts, epochs: last),
        caption:
          "Thin lines: seeds. Thick lines: their mean. Above: difference of the final means with its 90 % interval; "
          + "equivalent if that lies within \(margin) points.",
        size: size),
      panels, columns: 2, epochs: last)
  }

  private static func subtitle(_ verdicts: [EquivalenceRow], epochs: Int) -> String {
    let seeds = verdicts.map { min($0.seeds, $0.peerSeeds) }.min() ?? 0
    return "birdlets, top-1 on the test images in %, \(counted(seeds, "seed")) of each, \(counted(epochs, "epoch")); "
      + "other random numbers, the same recipe"
  }

  private static func title(_ verdict: EquivalenceRow) -> String {
    let head = verdict.variant == "baseline" ? "" : ", \(verdict.head) head"
    let sign = verdict.difference > 0 ? "+" : ""
    return "\(verdict.variant)\(head): \(sign)\(Style.number(verdict.difference)) "
      + intervalText(verdict.low90, verdict.high90)
      + (verdict.verdict == "equivalent" ? ", equivalent" : ", not decided")
  }
}
