import Records

/// The accuracy of a sweep by the initial radii of the two branches.
public struct RadiusMap: Figure {
  public let name = "radius-map"
  public let columns = ["column", "row", "radius", "radius_inv", "top1_percent", "seeds", "text", "colour", "ink"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws rows of runs.csv, of the variant with the most combinations of radii.
  public init(of runs: [RunRow]) throws(FiguresError) {
    let all = Summary(of: runs).predictions.filter { $0.mean != nil && ($0.radius ?? $0.radiusInverse) != nil }
    let byVariant = Dictionary(grouping: all, by: \.variant)
    let names = all.map(\.variant).unique()
    guard let variant = names.max(by: { (byVariant[$0] ?? []).count < (byVariant[$1] ?? []).count }),
      let cells = byVariant[variant], cells.count > 1, let first = cells.first
    else { throw .noData(figure: name, needed: "finished runs with several radii (--radius, --radius-inv)") }
    let radii = cells.map(\.radius).unique().sorted { ($0 ?? 0) < ($1 ?? 0) }
    let inverses = cells.map(\.radiusInverse).unique().sorted { ($0 ?? 0) < ($1 ?? 0) }
    let means = cells.compactMap(\.mean)
    let (low, high) = (means.min() ?? 0, means.max() ?? 0)
    rows = cells.compactMap { cell in
      guard let x = radii.firstIndex(of: cell.radius), let y = inverses.firstIndex(of: cell.radiusInverse),
        let mean = cell.mean
      else { return nil }
      let colour = Shade(Style.blue).mixed(0.08 + 0.92 * (high > low ? (mean - low) / (high - low) : 0.5))
      return [
        "\(x + 1)", "\(y + 1)", cell.radius.field, cell.radiusInverse.field, mean.field, "\(cell.seeds)", cell.meanText,
        "\(colour)", "\(Shade.ink(on: colour))",
      ]
    }
    let (width, height) = (min(110, 560 / radii.count), min(64, 480 / inverses.count))
    let margins = Style.Margins(leftLabels: inverses.map { $0.map(shortNumber) ?? "none" }, rightLabels: [])
    size = FigureSize(
      width: max(720, margins.left + width * radii.count + 28),
      height: Style.headHeight + height * inverses.count + Style.footHeight + 24)
    func tics(_ values: [Double?]) -> String {
      values.enumerated().map { "'\($1.map(shortNumber) ?? "none")' \($0 + 1)" }.joined(separator: ", ")
    }
    let seeds = cells.map(\.seeds).max() ?? 0
    commands = """
      \(Style.texts(
        title: "Top-1 accuracy of \(variant) by radius, in %",
        subtitle: [
          first.table.dataset, "recipe \(first.table.recipe)", first.table.overrides, counted(cells.map(\.seeds), "seed"),
          first.n.map { counted($0, "test image") } ?? "",
        ].filter { !$0.isEmpty }.joined(separator: ", ").shortened(to: 84),
        caption: "Mean\(seeds > 1 ? " ± 1 standard deviation" : ""). The darkest cell has the most.", size: size))
      \(Panel(
        left: margins.left, right: margins.left + width * radii.count, top: Style.headHeight,
        bottom: Style.headHeight + height * inverses.count).margins(in: size))
      unset grid
      set xrange [0.5:\(radii.count).5]
      set yrange [0.5:\(inverses.count).5]
      set xtics (\(tics(radii))) font ',14' textcolor rgb '\(Style.ink)'
      set ytics (\(tics(inverses))) font ',14' textcolor rgb '\(Style.ink)'
      set xlabel 'radius, of the discriminative branch' font ',13' textcolor rgb '\(Style.quiet)'
      set label 4 'radius_inv, of the complementary branch' at graph 0, graph 1 left offset 0,0.7 font ',13' \\
        textcolor rgb '\(Style.quiet)'
      plot data using 1:2:($1 - 0.48):($1 + 0.48):($2 - 0.47):($2 + 0.47):8 with boxxyerror linecolor rgb variable \\
          title 'cells', \\
        data using 1:2:7:9 with labels center font ',15' textcolor rgb variable title 'values'
      """
  }
}
