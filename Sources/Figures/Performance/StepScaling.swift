import Foundation
import Records

/// How the time of a step grows with the batch or image size, or falls with threads.
public struct StepScaling: Figure {
  /// The varied quantity; the rest is as in the base.
  public enum Variable: String, CaseIterable, Sendable {
    case batch, size, threads

    func value(_ subject: PerformanceSubject) -> Int {
      switch self {
      case .batch: subject.batch
      case .size: subject.size
      case .threads: subject.threads
      }
    }

    /// The time that proportional scaling gives at x, from the time at another x.
    var proportional: String {
      switch self {
      case .batch: "time * x / at"
      case .size: "time * (x / at) ** 2"
      case .threads: "time * at / x"
      }
    }

    /// The result at the last point, appended to a line's name.
    fileprivate func remark(_ first: StepTime, _ last: StepTime) -> String {
      switch self {
      case .batch: ", \(duration(last.medianNanoseconds / Double(last.subject.batch))) an image"
      case .size: ""
      case .threads: ", \(Style.number(first.medianNanoseconds / last.medianNanoseconds, digits: 2)) × as fast"
      }
    }

    fileprivate var title: String {
      switch self {
      case .batch: "Time of a step by its batch"
      case .size: "Time of a step by the image's side"
      case .threads: "Time of a step by threads"
      }
    }

    fileprivate var axis: String {
      switch self {
      case .batch: "images a step"
      case .size: "pixels along a side"
      case .threads: "threads"
      }
    }
  }

  public let name: String
  public let columns = ScalingSeries.columns
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws rows of scaling.csv. If a series was measured at several values of the other variables, the ones with the
  /// most values of this variable count.
  public init(of measured: [PerformanceRow], along variable: Variable) throws(FiguresError) {
    name = "scaling-\(variable.rawValue)"
    let times = StepTime.times(of: measured).filter { ["s3n", "resnet"].contains($0.subject.model) }
    let series = Self.series(times, along: variable)
    guard let base = series.first?.points.first?.time.subject else {
      throw .noData(figure: name, needed: "steps of models at two values of \(variable.rawValue) or more")
    }
    let margins = Style.Margins(leftLabels: ["0.00 s"], rightLabels: series.map(\.label))
    size = FigureSize(width: 560 + margins.left + margins.right, height: 500)
    rows = series.enumerated().flatMap { $1.rows(number: $0) }
    let xs = Set(series.flatMap { $0.points.map(\.x) }).sorted()
    let highest = series.flatMap(\.points).map { 1e-9 * $0.time.p90Nanoseconds }.max() ?? 1
    let axis = Axis(holding: [0, highest], within: 0...2 * highest, tics: 5)
    let (left, right) = (xs[0], xs[xs.count - 1])
    let others = [
      base.backbone.replacing("resnet", with: "ResNet-"),
      variable == .batch ? "" : "batch \(base.batch)", variable == .size ? "" : "\(base.size) x \(base.size) pixels",
      variable == .threads ? "" : counted(base.threads, "thread"), base.variant,
      base.machine,
    ]
    // From the first point, where scaling has no effect yet.
    let references = series.compactMap(\.points.first).map { first in
      """
      [x=\(left):\(right)] reference(x, \(first.x), \(first.seconds)) with lines dashtype (3,5) linewidth 1 \
      linecolor rgb '\(Style.quiet)' title 'proportional'
      """
    }
    commands = """
      \(Style.frame(
        title: variable.title, subtitle: others.filter { !$0.isEmpty }.joined(separator: ", "),
        caption: "Points: medians, hollow where the machine was busy; bars: p10 to p90. Dotted: proportional.",
        size: size, margins: margins))
      set xrange [\(left - 0.04 * (right - left)):\(right)]
      \(ScalingSeries.axes(variable.axis, xs: xs, size: size))
      set yrange [0:\(axis.range.upperBound)]
      set ytics 0,\(axis.step) format '%g s'
      reference(x, at, time) = \(variable.proportional)
      \(ScalingSeries.labels(series, size: size) { $0 / axis.range.upperBound })
      plot \((references + series.enumerated().flatMap { $1.plots(number: $0) }).joined(separator: ", \\\n  "))
      """
  }

  private static func series(_ times: [StepTime], along variable: Variable) -> [ScalingSeries] {
    struct Line: Hashable {
      let model, backbone, phase: String
    }
    let lines = Dictionary(grouping: times) {
      Line(model: $0.subject.model, backbone: $0.subject.backbone, phase: $0.phase)
    }
    let order = times.map { Line(model: $0.subject.model, backbone: $0.subject.backbone, phase: $0.phase) }.unique()
    return order.compactMap { line in
      // Times whose subjects differ only in the variable.
      let runs = Dictionary(grouping: lines[line] ?? []) { time in
        var subject = time.subject
        switch variable {
        case .batch: subject.batch = 0
        case .size: subject.size = 0
        case .threads: subject.threads = 0
        }
        return subject
      }
      guard let longest = runs.values.max(by: { $0.count < $1.count }), longest.count > 1 else { return nil }
      let isTraining = line.phase == "train"
      let sorted = longest.sorted { variable.value($0.subject) < variable.value($1.subject) }
      return ScalingSeries(
        "\(line.model == "s3n" ? "S3N" : "ResNet") \(isTraining ? "training" : "inference")"
          + variable.remark(sorted[0], sorted[sorted.count - 1]),
        colour: line.model == "s3n" ? Style.blue : Style.vermilion, isDashed: !isTraining, sorted
      ) { Double(variable.value($0.subject)) }
    }
  }
}
