import Records

/// The most frequent confusions of two classes, with counts.
public struct ConfusionPairs: Figure {
  public let name = "confusion-pairs"
  public let columns = ["row", "class", "taken_for", "count", "of", "share_percent", "text"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// The most pairs that are shown.
  static let most = 20

  init(of records: FolderRecords) throws {
    let subject = try records.subject(of: name)
    let confusions = try Confusions(of: subject, in: records)
    let mistakes = confusions.mistakes
    guard !mistakes.isEmpty else {
      throw FiguresError.noData(figure: name, needed: "predictions of finished runs with a mistake among them")
    }
    let shown = mistakes.prefix(Self.most)
    rows = shown.enumerated().map { index, mistake in
      let total = confusions.total[mistake.pair.label] ?? 0
      let share = 100 * Double(mistake.count) / Double(max(total, 1))
      return [
        "\(index + 1)", readableClass(mistake.pair.label).shortened(to: 34),
        readableClass(mistake.pair.predicted).shortened(to: 34), "\(mistake.count)", "\(total)", share.field,
        "\(mistake.count) of \(total)",
      ]
    }
    size = FigureSize(width: 920, height: Style.headHeight + 26 * rows.count + Style.footHeight)
    let margins = Style.Margins(leftLabels: rows.map { $0[1] }, rightLabels: rows.map { $0[2] })
    let axis = Axis(holding: [0] + rows.compactMap { Double($0[5]) }.map { 1.5 * $0 }, within: 0...100, tics: 3)
    let all = mistakes.map(\.count).reduce(0, +)
    let covered = shown.map(\.count).reduce(0, +)
    commands = """
      \(Style.frame(
        title: "What is taken for what on \(subject.cell.table.dataset)",
        subtitle: subject.subtitle(counted(subject.images, "test image")),
        caption: "The \(counted(rows.count, "most frequent confusion")): \(covered) of \(counted(all, "mistake"))"
          + (subject.runs.count > 1 ? ", over all seeds." : "."),
        size: size, margins: margins))
      set label 4 'class' at graph 0, graph 1 right \(Style.shift(-8, size)) font ',13' textcolor rgb '\(Style.quiet)'
      set label 5 'taken for' at graph 1, graph 1 left \(Style.shift(10, size)) font ',13' textcolor rgb '\(Style.quiet)'
      set label 6 'share of its answers' at graph 0, graph 1 left font ',13' textcolor rgb '\(Style.quiet)'
      set xrange [0:\(axis.range.upperBound)]
      set xtics 0,\(axis.step)
      set yrange [\(rows.count).6:0]
      unset ytics
      plot data using 6:1:(0):6:($1 - 0.32):($1 + 0.32) with boxxyerror linecolor rgb '\(Style.blue)' title 'shares', \\
        data using 6:1:7 with labels left \(Style.shift(6, size)) font ',13' textcolor rgb '\(Style.ink)' title 'counts', \\
        data using (0):1:2 with labels right \(Style.shift(-8, size)) font ',14' textcolor rgb '\(Style.ink)' title 'classes', \\
        data using (\(axis.range.upperBound)):1:3 with labels left \(Style.shift(10, size)) font ',14' \\
          textcolor rgb '\(Style.ink)' title 'taken for'
      """
  }
}
