import Foundation
import Records

/// An SVG chart of values by epoch in the page's own colours, for values that change while they are viewed. Permanent
/// charts are drawn by gnuplot.
struct LineChart {
  struct Line {
    let colour: String
    /// In ascending order of epochs.
    let points: [(epoch: Int, value: Double)]
  }

  let title: String
  let lines: [Line]

  private static let (width, height) = (720.0, 240.0)
  private static let (left, right, top, bottom) = (56.0, 16.0, 12.0, 30.0)

  /// An SVG element; empty without values.
  var svg: String {
    let points = lines.flatMap(\.points)
    guard let first = points.first else { return "" }
    let values = points.map(\.value)
    let ticks = Self.ticks(values.reduce(first.value, min), values.reduce(first.value, max))
    guard let low = ticks.first, let high = ticks.last else { return "" }
    // A damaged file may hold any number.
    let epochs = min(max(points.map(\.epoch).max() ?? 1, 2), 1_000_000)
    func x(_ epoch: Int) -> Double {
      Self.left + (Self.width - Self.left - Self.right) * (Double(epoch) - 1) / Double(epochs - 1)
    }
    func y(_ value: Double) -> Double {
      Self.top + (Self.height - Self.top - Self.bottom) * (high - value) / (high - low)
    }
    let rows = ticks.map { tick in
      "<line x1=\"\(Self.left)\" x2=\"\(Self.width - Self.right)\" y1=\"\(text(y(tick)))\" y2=\"\(text(y(tick)))\" class=\"grid\"/>"
        + "<text x=\"\(Self.left - 8)\" y=\"\(text(y(tick) + 4))\" text-anchor=\"end\">\(Self.label(tick))</text>"
    }
    let columns = stride(from: 1, through: epochs, by: (epochs - 1) / 8 + 1).map { epoch in
      "<text x=\"\(text(x(epoch)))\" y=\"\(Self.height - 8)\" text-anchor=\"middle\">\(epoch)</text>"
    }
    let paths = lines.filter { !$0.points.isEmpty }.map { line in
      let places = line.points.map { "\(text(x($0.epoch))),\(text(y($0.value)))" }
      let end = line.points.last.map { (x($0.epoch), y($0.value)) } ?? (0, 0)
      return "<polyline points=\"\(places.joined(separator: " "))\" stroke=\"\(line.colour)\" class=\"curve\"/>"
        + "<circle cx=\"\(text(end.0))\" cy=\"\(text(end.1))\" r=\"3.5\" fill=\"\(line.colour)\"/>"
    }
    return """
      <svg viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" aria-label="Chart: \(escaped(title)). Its latest values stand below.">
      \((rows + columns + paths).joined(separator: "\n"))
      </svg>
      """
  }

  /// At most seven round numbers from below `low` to above `high`.
  static func ticks(_ low: Double, _ high: Double) -> [Double] {
    let range = max(high - low, max(abs(high), 1) * 1e-3)
    let power = pow(10, floor(log10(range / 5)))
    let step = [1, 2, 5, 10].map { $0 * power }.first { range / $0 <= 5 } ?? 10 * power
    let (first, last) = (floor(low / step), ceil(high / step))
    return stride(from: first, through: max(last, first + 1), by: 1).map { $0 * step }
  }

  private static func label(_ value: Double) -> String {
    String(format: "%.4g", abs(value) < 1e-12 ? 0 : value)
  }

  private func text(_ value: Double) -> String { String(format: "%.1f", value) }
}
