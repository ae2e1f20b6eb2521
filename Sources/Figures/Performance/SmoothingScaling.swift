import Foundation
import Records

/// The time of each method of smoothing attention maps against the grid size, both axes logarithmic; labels the grids
/// at which one method overtakes another.
public struct SmoothingScaling: Figure {
  public let name: String
  public let columns = ScalingSeries.columns
  public let rows: [[String]]
  public let size = FigureSize(width: 800, height: 520)
  public let commands: String

  /// Draws rows of smoothing.csv, of phase "infer" (forward) or "train" (forward and backward).
  public init(of measured: [PerformanceRow], phase: String) throws(FiguresError) {
    name = phase == "train" ? "smoothing-backward" : "smoothing-forward"
    let times = StepTime.times(of: measured).filter { $0.subject.model == "smoothing" && $0.phase == phase }
    let series = Self.series(times)
    guard let base = times.first?.subject, !series.isEmpty else {
      throw .noData(figure: name, needed: "steps of the smoothing (\(phase)) on two grids or more by a method")
    }
    rows = series.enumerated().flatMap { $1.rows(number: $0) }
    let grids = Set(series.flatMap { $0.points.map(\.x) }).sorted()
    let seconds = series.flatMap(\.points).flatMap { [1e-9 * $0.time.p10Nanoseconds, 1e-9 * $0.time.p90Nanoseconds] }
    let powers = Int(floor(log10(seconds.min() ?? 1)))...Int(ceil(log10(seconds.max() ?? 1)))
    let (low, high) = (pow(10, Double(powers.lowerBound)), 1.3 * (seconds.max() ?? 1))
    let crossings = Crossing.all(among: series)
    let facts = [
      "\(base.batch) maps", counted(base.threads, "thread"), base.variant, base.machine,
    ]
    commands = """
      \(Style.frame(
        title: "Smoothing attention maps, \(phase == "train" ? "forward and backward" : "forward")",
        subtitle: facts.filter { !$0.isEmpty }.joined(separator: ", "),
        caption: "Bars: p10 to p90. " + Crossing.sentence(crossings),
        size: size, margins: Style.Margins(leftLabels: ["100 µs"], rightLabels: series.map(\.label))))
      set logscale xy
      set xrange [\(grids[0] * 0.93):\(grids[grids.count - 1])]
      \(ScalingSeries.axes("cells along a side of the grid", xs: grids, size: size))
      set yrange [\(low):\(high)]
      set ytics (\(powers.map { "'\(Self.power($0))' 1e\($0)" }.joined(separator: ", ")))
      \(crossings.enumerated().map { number, crossing in
        """
        set object \(number + 1) circle at first \(crossing.grid), first \(crossing.seconds) size screen 0.011 front \\
          fillstyle empty border linecolor rgb '\(Style.ink)' linewidth 1.2
        set label \(30 + number) '\(Style.number(crossing.grid, digits: 0))' at first \(crossing.grid), \\
          first \(crossing.seconds) left offset screen 0.008,-0.03 font ',13' textcolor rgb '\(Style.ink)'
        """
      }.joined(separator: "\n"))
      \(ScalingSeries.labels(series, size: size) { (log10($0) - log10(low)) / (log10(high) - log10(low)) })
      plot \(series.enumerated().flatMap { $1.plots(number: $0) }.joined(separator: ", \\\n  "))
      """
  }

  private static func series(_ times: [StepTime]) -> [ScalingSeries] {
    let methods = [("direct", Style.vermilion), ("separable", Style.green), ("fft", Style.blue)]
    return methods.compactMap { method, colour in
      let ofMethod = times.filter { $0.subject.smoothing == method && $0.subject.grid != nil }
      guard Set(ofMethod.map(\.subject.grid)).count > 1 else { return nil }
      return ScalingSeries(method == "fft" ? "FFT" : method, colour: colour, ofMethod) { Double($0.subject.grid ?? 0) }
    }
  }

  /// A power of ten seconds with its unit.
  private static func power(_ exponent: Int) -> String {
    let (unit, power) =
      switch exponent {
      case 0...: ("s", exponent)
      case -3..<0: ("ms", exponent + 3)
      case -6 ..< -3: ("µs", exponent + 6)
      default: ("ns", exponent + 9)
      }
    return "\(Style.number(pow(10, Double(power)), digits: 0)) \(unit)"
  }
}
