import Foundation
import Records

/// Each convolution layer of a network, in each pass, on a roofline chart (Williams, Waterman and Patterson 2009):
/// operations executed per second against operations per byte.
public struct LayerRoofline: Figure {
  public let name: String
  public let columns = ["pass", "layer", "algorithm", "intensity", "gflop_s", "time_share", "of_limit_percent"]
  public let rows: [[String]]
  public let size = FigureSize(width: 900, height: 560)
  public let commands: String

  private static let passes = [
    (name: "forward", title: "forward", colour: Style.blue),
    (name: "backward data", title: "backward to the data", colour: Style.green),
    (name: "backward weight", title: "backward to the weights", colour: Style.vermilion),
  ]

  /// Draws the rows of layers.csv of one precision; throws `noData` without a layer.
  public init(of all: [LayerRow], precision: String) throws(FiguresError) {
    name = precision == "fp32" ? "roofline" : "roofline-\(precision)"
    let measured = all.filter { row in
      let limits = [row.peakArithmetic, row.peakBandwidth, row.stepNanoseconds, row.gigaflops, row.intensity]
      return row.subject.precision == precision && row.layer != LayerRow.wholeStep && row.bytes > 0
        && limits.allSatisfy { $0.isFinite && $0 > 0 }
    }
    guard let first = measured.first else { throw .noData(figure: name, needed: "layers in \(precision)") }
    let whole = measured.reduce(0) { $0 + $1.stepNanoseconds }
    let layers = measured.sorted { $0.stepNanoseconds > $1.stepNanoseconds }
    rows = layers.map { row in
      [
        row.pass, row.layer, row.algorithm, row.intensity.field, row.gigaflops.field,
        (row.stepNanoseconds / max(whole, 1)).field, (100 * row.shareOfLimit).field,
      ]
    }
    let peaks = Set(measured.map(\.peakArithmetic)).sorted().map { 1e-9 * $0 }
    let bandwidth = 1e-9 * first.peakBandwidth
    let xs = layers.map(\.intensity)
    let (low, high) = (0.7 * (xs.min() ?? 1), 1.4 * (xs.max() ?? 1))
    let top = 1.05 * max(peaks.last ?? 1, layers.map(\.gigaflops).max() ?? 1)
    let tics = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].filter { Double($0) > low && Double($0) < high }
    let margins = Style.Margins(leftLabels: ["GFLOP/s"], rightLabels: Self.passes.map(\.title))
    let steps = all.filter { $0.subject.precision == precision && $0.layer == LayerRow.wholeStep }
    commands = """
      \(Style.frame(
        title: "Layers under the machine's roofs", subtitle: Self.subtitle(first), caption: Self.caption(steps, layers),
        size: size, margins: margins))
      \(ScalingSeries.axes("operations executed by byte read or written", xs: tics.map(Double.init), size: size))
      set logscale x
      set xrange [\(low):\(high)]
      set yrange [0:\(top)]
      set ytics \(Axis(holding: [0, top], within: 0...top, tics: 5).step) format '%g'
      set label 9 'GFLOP/s' at graph 0, graph 1 right offset screen -0.012,0.03 font ',13' textcolor rgb '\(Style.quiet)'
      set samples 400
      roof(peak, x) = x * \(bandwidth) < peak ? x * \(bandwidth) : peak
      of(pass, value) = strcol(1) eq pass ? value : NaN
      by(algorithm, value) = strcol(3) eq algorithm ? value : NaN
      \(Self.roofLabels(peaks, bf16: precision == "bf16", size))
      \(Self.passLabels(size))
      \(Self.slowLabels(layers, size))
      plot \((peaks.map(Self.roof) + Self.passes.flatMap { Self.plots($0.name, $0.colour) }).joined(separator: ", \\\n  "))
      """
  }

  private static func roof(_ peak: Double) -> String {
    "roof(\(peak), x) with lines linewidth 2 linecolor rgb '\(Style.ink)' title 'roof'"
  }

  private static func roofLabels(_ peaks: [Double], bf16: Bool, _ size: FigureSize) -> String {
    peaks.enumerated().map { number, peak in
      let of = bf16 && peaks.count > 1 ? (number == 0 ? " fp32 (Winograd)" : " bf16") : ""
      return """
        set label \(10 + number) '\(Style.number(peak, digits: 0))\(of)' at graph 1, first \(peak) left \
        \(Style.shift(8, size)) font ',14' textcolor rgb '\(Style.ink)'
        """
    }.joined(separator: "\n")
  }

  private static func passLabels(_ size: FigureSize) -> String {
    passes.enumerated().map { number, pass in
      """
      set label \(14 + number) \(Style.quoted(pass.title)) at graph 1, graph \(Style.number(0.3 - 0.07 * Double(number), digits: 2)) \
      left \(Style.shift(8, size)) font ',14' textcolor rgb '\(pass.colour)'
      """
    }.joined(separator: "\n")
  }

  /// Labels the layers far below their limits, those that lose most time first.
  private static func slowLabels(_ layers: [LayerRow], _ size: FigureSize) -> String {
    let slow = layers.filter { $0.shareOfLimit < 0.6 }.sorted { $0.lostNanoseconds > $1.lostNanoseconds }
    let names = slow.map(\.layer).unique().prefix(5)
    return names.compactMap { name in slow.first { $0.layer == name } }.enumerated().map { number, row in
      """
      set label \(20 + number) \(Style.quoted(row.shortLayer)) at first \(row.intensity), \
        first \(row.gigaflops) left \(Style.shift(14, size)) font ',12' textcolor rgb '\(Style.quiet)'
      """
    }.joined(separator: "\n")
  }

  /// A point's area is the layer's share of a step's time; Winograd points are hollow.
  private static func plots(_ pass: String, _ colour: String) -> [String] {
    let point = "data using 4:(of('\(pass)', by('%', $5))):(dot * (0.5 + 9 * sqrt($6)))"
    return [
      "\(point.replacing("%", with: "direct")) with points pointtype 7 pointsize variable linecolor rgb '\(colour)' title 'direct'",
      """
      \(point.replacing("%", with: "winograd")) with points pointtype 6 pointsize variable linewidth 2 \
      linecolor rgb '\(colour)' title 'Winograd'
      """,
    ]
  }

  private static func subtitle(_ row: LayerRow) -> String {
    let model = row.subject.model == "s3n" ? "S3N, " : ""
    let facts = [
      model + row.subject.backbone.replacing("resnet", with: "ResNet-"), "batch \(row.subject.batch)",
      "\(row.subject.size) x \(row.subject.size)",
      row.subject.precision, counted(row.subject.threads, "thread"),
      row.subject.variant, row.subject.machine,
    ]
    return facts.joined(separator: ", ").shortened(to: 100)
  }

  private static func caption(_ steps: [LayerRow], _ layers: [LayerRow]) -> String {
    let reached = steps.map { step in
      "\(step.pass == "train" ? "training" : "inference") \(Style.number(100 * step.shareOfLimit, digits: 0)) %"
    }
    let busy = (layers + steps).contains { $0.status == .busy } ? " Not final." : ""
    return "Areas: time in a training step. Hollow: Winograd, without transforms."
      + (reached.isEmpty ? "" : " Of their limits whole steps reach: \(reached.joined(separator: ", ")).") + busy
  }
}

extension LayerRow {
  fileprivate var intensity: Double { executedFlops / bytes }
  fileprivate var gigaflops: Double { medianNanoseconds > 0 ? executedFlops / medianNanoseconds : 0 }
  /// Time per training step beyond the layer's limit.
  fileprivate var lostNanoseconds: Double { Double(count) * (medianNanoseconds - boundNanoseconds) }
  /// Time per training step.
  fileprivate var stepNanoseconds: Double { Double(count) * medianNanoseconds }
}
