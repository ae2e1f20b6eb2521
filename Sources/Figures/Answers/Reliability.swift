import Records

/// The calibration of each head: its accuracy by the probability of the answer.
public struct Reliability: Figure {
  public let name = "reliability"
  public let columns = ["panel", "head", "low", "high", "n", "accuracy", "probability"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String
  public let hasPanels = true

  init(of records: FolderRecords) throws {
    let subject = try records.subject(of: name)
    let ids = Set(subject.runs.map(\.id))
    let predictions = Dictionary(grouping: try records.predictions().filter { ids.contains($0.runID) }, by: \.head)
    let heads = subject.heads.compactMap { head in predictions[head].map { (head, Calibration(of: $0)) } }
    guard !heads.isEmpty else {
      throw FiguresError.noData(figure: name, needed: "predictions of finished runs")
    }
    rows = heads.enumerated().flatMap { panel, head in
      head.1.bins.filter { $0.count > 0 }.map { bin in
        [
          "\(panel)", head.0, bin.range.lowerBound.field, bin.range.upperBound.field, "\(bin.count)",
          bin.accuracy.field, bin.probability.field,
        ]
      }
    }
    let (side, gap, left) = (300, 74, 64)
    let lines = (heads.count + 1) / 2
    let size = FigureSize(width: 800, height: 112 + (side + 82) * lines + 20)
    self.size = size
    commands = Panel.all(
      Style.texts(
        title: "How far probabilities hold on \(subject.cell.table.dataset)",
        subtitle: subject.subtitle(counted(subject.images, "test image")),
        caption:
          "Bar: accuracy of the answers in each of \(Calibration.binCount) bins. Circle: their mean probability, on the "
          + "diagonal. Pale: fewer than 20 answers.",
        size: size),
      heads.enumerated().map { index, head in
        let (column, line) = (index % 2, index / 2)
        let panel = Panel(
          left: left + column * (side + gap), right: left + column * (side + gap) + side, top: 112 + line * (side + 82),
          bottom: 112 + line * (side + 82) + side)
        return """
          \(panel.margins(in: size))
          \(Panel.axes(grid: "ytics"))
          \(Panel.title("\(head.0): ECE \(Style.number(100 * head.1.expectedError)) %"))
          set xrange [0:1]
          set yrange [0:1]
          set xtics 0,0.2
          set ytics 0,0.2
          set xlabel 'probability of the answer' font ',13' textcolor rgb '\(Style.quiet)'
          \(column == 0 ? "set ylabel 'accuracy' font ',13' textcolor rgb '\(Style.quiet)'" : "unset ylabel")
          set arrow 1 from first 0, first 0 to first 1, first 1 nohead front dashtype (8,8) linewidth 1 \\
            linecolor rgb '\(Style.quiet)'
          many(value) = $1 == \(index) && $5 >= 20 ? value : NaN
          few(value) = $1 == \(index) && $5 < 20 ? value : NaN
          plot data using (few($3)):(0):($3 + 0.004):($4 - 0.004):(0):6 with boxxyerror \\
              linecolor rgb '\(Style.palestBlue)' title 'few', \\
            data using (many($3)):(0):($3 + 0.004):($4 - 0.004):(0):6 with boxxyerror \\
              linecolor rgb '\(Style.blue)' title 'accuracy', \\
            data using ($1 == \(index) ? $7 : NaN):7 with points pointtype 7 pointsize 1.2 * dot \\
              linecolor rgb '#FFFFFF' title 'probability', \\
            data using ($1 == \(index) ? $7 : NaN):7 with points pointtype 6 pointsize 1.2 * dot linewidth 1.5 \\
              linecolor rgb '\(Style.vermilion)' title 'probability'
          """
      })
  }
}

/// The expected calibration error (Guo et al. 2017, equation 3) and its bins.
struct Calibration {
  static let binCount = 15

  struct Bin {
    let range: Range<Double>
    var count = 0
    var right = 0
    var sum = 0.0

    var accuracy: Double { Double(right) / Double(max(count, 1)) }
    var probability: Double { sum / Double(max(count, 1)) }
  }

  /// Of equal width, each including its upper end.
  private(set) var bins: [Bin]

  init(of predictions: [PredictionRow]) {
    let count = Double(Self.binCount)
    bins = (0..<Self.binCount).map { Bin(range: Double($0) / count..<Double($0 + 1) / count) }
    for row in predictions {
      let probability = Double(row.probability)
      guard (0...1).contains(probability) else { continue }
      let place = min(max(Int((probability * count).rounded(.up)) - 1, 0), Self.binCount - 1)
      bins[place].count += 1
      bins[place].sum += probability
      if row.isCorrect { bins[place].right += 1 }
    }
  }

  /// The mean distance between accuracy and probability, bins weighted by their counts.
  var expectedError: Double {
    let all = bins.map(\.count).reduce(0, +)
    return bins.map { Double($0.count) * abs($0.accuracy - $0.probability) }.reduce(0, +) / Double(max(all, 1))
  }
}
