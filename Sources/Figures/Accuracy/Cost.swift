import Records

/// Accuracy against the time of one test image and of a whole training, with the Pareto front.
public struct Cost: Figure {
  public let name = "cost"
  public let columns = ["panel", "label", "cost", "top1_percent", "low_percent", "high_percent", "front", "colour"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String
  public let hasPanels = true

  init(of folders: [FolderRecords]) throws {
    let points = try folders.flatMap { folder in
      try CostPoint.all(in: folder, prefix: folders.count > 1 ? folder.name + ": " : "")
    }
    guard let first = points.first else {
      throw FiguresError.noData(figure: name, needed: "finished runs with their times in stages-summary.csv")
    }
    let table = first.table
    let parts = [
      Part(title: "Testing: milliseconds an image", points: points, cost: \.testMilliseconds),
      Part(title: "Training: minutes a run", points: points, cost: \.trainMinutes),
    ]
    rows = parts.enumerated().flatMap { index, part in part.rows(panel: index) }
    let right = 52 + (points.map { Style.width(of: $0.label) }.max() ?? 0)
    let height = max(200, 22 * points.count)
    let size = FigureSize(width: 800, height: 116 + (height + 84) * 2 + 30)
    self.size = size
    // For several folders the texts name only what they share.
    let (datasets, machines) = (Set(points.map(\.table.dataset)), Set(try folders.map { try $0.machine() }))
    let recipe = folders.count > 1 ? [] : ["recipe \(table.recipe)", table.overrides]
    let machine = machines.count > 1 ? [] : Array(machines)
    commands = Panel.all(
      Style.texts(
        title: "Accuracy against cost" + (datasets.count > 1 ? "" : " on \(table.dataset)"),
        subtitle: (["top-1 in %"] + recipe + machine)
          .filter { !$0.isEmpty }.joined(separator: ", ").shortened(to: 92),
        caption:
          "Line: what nothing beats at its cost. Whisker: ± 1 standard deviation over seeds, or 95 % of one. Mean times of "
          + "all steps.",
        size: size),
      parts.enumerated().map { index, part in
        part.commands(
          index,
          Panel(
            left: 64, right: size.width - right, top: 116 + (height + 84) * index,
            bottom: 116 + (height + 84) * index + height), in: size)
      })
  }

  private struct Part {
    let title: String
    let points: [CostPoint]
    let cost: KeyPath<CostPoint, Double>

    /// Whether another point is as good at a lower cost, or better at the same or a lower one.
    private func isBeaten(_ point: CostPoint) -> Bool {
      points.contains { other in
        let (a, b) = (other[keyPath: cost], point[keyPath: cost])
        return a <= b && other.top1 >= point.top1 && (a < b || other.top1 > point.top1)
      }
    }

    func rows(panel: Int) -> [[String]] {
      // The front is drawn as one line: its points must be adjacent and sorted by cost.
      let byCost = points.sorted { $0[keyPath: cost] < $1[keyPath: cost] }
      return (byCost.filter(isBeaten) + byCost.filter { !isBeaten($0) }).map { point in
        [
          "\(panel)", point.label, point[keyPath: cost].field, point.top1.field, point.low.field, point.high.field,
          isBeaten(point) ? "0" : "1", "",
        ]
      }
    }

    func commands(_ index: Int, _ panel: Panel, in size: FigureSize) -> String {
      let costs = points.map { $0[keyPath: cost] }
      let xs = Axis(holding: [0] + costs, within: 0...2 * (costs.max() ?? 1), tics: 5)
      let ys = Axis(holding: points.flatMap { [$0.low, $0.high] }, within: 0...100, tics: 4)
      let (width, height) = (Double(panel.right - panel.left), Double(panel.bottom - panel.top))
      let heights = LineLabels.heights(
        points.map { ($0.top1 - ys.range.lowerBound) / ys.length }, gap: 20 / height)
      let labels = zip(points, heights).enumerated().map { number, line in
        let (point, place) = line
        let ink = isBeaten(point) ? Style.quiet : Style.blue
        return """
          set label \(20 + number) \(Style.quoted(point.label)) at graph 1, graph \(Style.number(place, digits: 4)) \
          left \(Style.shift(24, size)) font ',14' textcolor rgb '\(ink)'
          set arrow \(number + 1) from first \(point[keyPath: cost]), first \(point.top1) \
          to graph \(Style.number(1 + 20 / width, digits: 4)), graph \(Style.number(place, digits: 4)) nohead back \
          linewidth 0.8 linecolor rgb '\(Style.paleQuiet)'
          """
      }
      return """
        \(panel.margins(in: size))
        \(Panel.axes(grid: "xtics ytics"))
        \(Panel.title(title))
        set xrange [0:\(xs.range.upperBound)]
        set yrange [\(ys.range.lowerBound):\(ys.range.upperBound)]
        set xtics 0,\(xs.step)
        set ytics \(ys.range.lowerBound),\(ys.step)
        \(labels.joined(separator: "\n"))
        of(front, value) = $1 == \(index) && $7 == front ? value : NaN
        plot data using 3:($1 == \(index) ? $5 : NaN):(0):($6 - $5) with vectors nohead linewidth 1.2 \\
            linecolor rgb '\(Style.paleBlue)' title 'range', \\
          data using ($1 == \(index) && $7 == 1 ? $3 : 1/0):4 with steps linewidth 1.5 \\
            linecolor rgb '\(Style.blue)' title 'front', \\
          data using 3:(of(0, $4)) with points pointtype 7 pointsize 1.4 * dot linecolor rgb '#FFFFFF' title 'beaten', \\
          data using 3:(of(0, $4)) with points pointtype 6 pointsize 1.4 * dot linewidth 1.5 \\
            linecolor rgb '\(Style.quiet)' title 'beaten', \\
          data using 3:(of(1, $4)) with points pointtype 7 pointsize 1.6 * dot linecolor rgb '\(Style.blue)' title 'front'
        """
    }
  }
}
