import Records

/// How often each class is predicted as each: shares of a class's answers, right ones blue, wrong ones red.
public struct ConfusionMatrix: Figure {
  public let name = "confusion-matrix"
  public let columns = ["column", "row", "class", "taken_for", "count", "share_percent", "colour", "text", "ink"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// The most classes for which a matrix is readable.
  static let mostClasses = 32

  init(of records: FolderRecords) throws {
    let subject = try records.subject(of: name)
    let confusions = try Confusions(of: subject, in: records)
    let classes = confusions.classes.filter { confusions.total[$0] != nil }
    guard (2...Self.mostClasses).contains(classes.count) else {
      throw FiguresError.noData(
        figure: name, needed: "predictions of 2 to \(Self.mostClasses) classes; for more see confusion-pairs")
    }
    let (right, wrong) = (Shade(Style.blue), Shade(Style.vermilion))
    rows = classes.enumerated().flatMap { y, label in
      classes.enumerated().compactMap { x, predicted -> [String]? in
        guard let count = confusions.counts[.init(label: label, predicted: predicted)] else { return nil }
        let share = Double(count) / Double(confusions.total[label] ?? 1)
        let colour = x == y ? right.mixed(0.1 + 0.9 * share) : wrong.mixed(0.1 + 0.9 * min(1, 1.5 * share))
        return [
          "\(x + 1)", "\(y + 1)", readableClass(label), readableClass(predicted), "\(count)",
          (100 * share).field, "\(colour)", Style.number(100 * share, digits: 0),
          "\(Shade.ink(on: colour))",
        ]
      }
    }
    let labels = classes.map { readableClass($0).shortened(to: 34) }
    let left = 60 + (labels.map(Style.width).max() ?? 0)
    let cell = max(16, min(34, (860 - left - 28) / classes.count))
    let side = cell * classes.count
    size = FigureSize(width: max(640, left + side + 28), height: Style.headHeight + 8 + side + Style.footHeight)
    let tics = labels.enumerated().map { "\(Style.quoted("\($1)  \($0 + 1)")) \($0 + 1)" }.joined(separator: ", ")
    let numbers = classes.indices.map { "'\($0 + 1)' \($0 + 1)" }.joined(separator: ", ")
    let accuracy =
      100 * Double(classes.compactMap { confusions.counts[.init(label: $0, predicted: $0)] }.reduce(0, +))
      / Double(max(confusions.total.values.reduce(0, +), 1))
    commands = """
      \(Style.texts(
        title: "What is taken for what on \(subject.cell.table.dataset), in % of each class",
        subtitle: subject.subtitle(counted(subject.images, "test image")),
        caption: "A row is a class, a column what it is taken for. Blue: right, \(oneDecimal(accuracy)) % in all.",
        size: size))
      \(Panel(left: left, right: left + side, top: Style.headHeight + 8, bottom: Style.headHeight + 8 + side)
        .margins(in: size))
      unset grid
      set xrange [0.5:\(classes.count).5]
      set yrange [\(classes.count).5:0.5]
      unset xtics
      set x2range [0.5:\(classes.count).5]
      set x2tics (\(numbers)) scale 0 offset 0,-0.4 font ',11' textcolor rgb '\(Style.quiet)'
      set ytics (\(tics)) font ',\(cell < 20 ? 11 : 13)' textcolor rgb '\(Style.ink)'
      plot data using 1:2:($1 - 0.47):($1 + 0.47):($2 - 0.47):($2 + 0.47):7 with boxxyerror linecolor rgb variable \\
          title 'cells'\(cell < 20 ? "" : """
          , \\
          data using 1:2:8:9 with labels center font ',11' textcolor rgb variable title 'shares'
        """)
      """
  }
}
