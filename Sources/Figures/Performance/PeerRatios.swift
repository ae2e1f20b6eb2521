import Foundation
import Records

/// Our speed as a multiple of the strongest other program's, one row per piece of work, on a logarithmic scale,
/// with plain PyTorch for comparison.
public struct PeerRatios: Figure {
  /// Whole networks, or the method's own parts of a step.
  public enum Scope: String, CaseIterable, Sendable {
    case networks = "peer-ratios"
    case parts = "peer-ratios-parts"

    fileprivate func holds(_ ratio: PeerRatio) -> Bool { ratio.own.subject.backbone.isEmpty == (self == .parts) }
  }

  public let name: String
  public let columns = [
    "row", "group", "work", "ratio", "low", "high", "target", "status", "against", "plain", "plain_text", "times",
  ]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// Draws rows of reports/performance/peers.csv.
  public init(of measured: [PerformanceRow], scope: Scope) throws(FiguresError) {
    name = scope.rawValue
    let all = PeerRatio.ratios(of: measured).filter(scope.holds)
    let lines = PeerLine.lines(of: all)
    guard let first = lines.first?.ratio else {
      throw .noData(
        figure: name, needed: "steps of \(PerformanceSubject.ownName) and of another program on the same work")
    }
    rows = lines.map(\.fields)
    size = FigureSize(width: 1100, height: Style.headHeight + 32 * (lines.last?.row ?? 0) + Style.footHeight)
    let values =
      lines.flatMap { [$0.ratio.range.lowerBound, $0.ratio.range.upperBound] } + lines.compactMap(\.ratio.target)
      + lines.compactMap(\.plain?.ratio)
    let (low, high) = (min(0.8, 0.9 * (values.min() ?? 1)), max(2, 1.1 * (values.max() ?? 1)))
    let tics = (high > 30 * low ? [0.1, 0.3, 1, 3, 10, 30, 100, 300] : [0.1, 0.2, 0.5, 1, 1.5, 2, 3, 5, 10, 20])
      .filter { ($0 >= low) && ($0 <= high) }
    let hasPlain = lines.contains { $0.plain != nil }
    let rightLabels = rows.map { $0[8] + (hasPlain ? "00.0 × direct  " : "") + $0[11] + "MM" }
    let margins = Style.Margins(leftLabels: rows.map { $0[2] }, rightLabels: rightLabels)
    let threads = first.own.subject.threads
    let peers = all.map(\.peer.subject).map { "\($0.programTitle) \($0.version)" }.unique().joined(separator: ", ")
    commands = """
      \(Style.frame(
        title: "How many times as fast as the strongest of other programs",
        subtitle: "\(first.own.subject.machine), \(counted(threads, "thread")); \(peers)".shortened(to: 150),
        caption: Self.caption(lines), size: size, margins: margins))
      set logscale x
      set xrange [\(low):\(high)]
      set xtics (\(tics.map { "'\(Style.number($0, digits: $0 == $0.rounded() ? 0 : 1))' \($0)" }.joined(separator: ", ")))
      set yrange [\(lines.last?.row ?? 1).5:0.5]
      unset ytics
      low = \(low)
      high = \(high)
      half = 0.3
      final(value) = strcol(8) eq 'final' ? value : NaN
      busy(value) = strcol(8) eq 'final' ? NaN : value
      set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead back linewidth 1.2 linecolor rgb '\(Style.quiet)'
      \(PeerLine.headings(lines, right: low, size))
      plot data using (final($4)):1:(1):4:($1 - half):($1 + half) with boxxyerror \\
          linecolor rgb '\(Style.blue)' title 'final', \\
        data using (busy($4)):1:(1):4:($1 - half):($1 + half) with boxxyerror \\
          linecolor rgb '\(Style.paleBlue)' title 'busy', \\
        data using 5:1:($6 - $5):(0) with vectors nohead linewidth 1.5 linecolor rgb '\(Style.ink)' title 'rounds', \\
        data using 7:($1 - half - 0.1):(0):(2 * half + 0.2) with vectors nohead linewidth 2.5 \\
          linecolor rgb '\(Style.vermilion)' title 'targets', \\
        data using 10:1 with points pointtype 6 pointsize dot linewidth 1.5 linecolor rgb '\(Style.ink)' title 'plain', \\
        data using (low):1:3 with labels right \(Style.shift(-8, size)) font ',15' \\
          textcolor rgb '\(Style.ink)' title 'work', \\
        data using (high):1:9 with labels left \(Style.shift(10, size)) font ',14' \\
          textcolor rgb '\(Style.ink)' title 'ratios', \\
        data using (high):1:11 with labels right \(Style.shift(margins.right - 144, size)) font ',13' \\
          textcolor rgb '\(Style.quiet)' title 'plain ratios', \\
        data using (high):1:12 with labels right \(Style.shift(margins.right - 14, size)) font ',13' \\
          textcolor rgb '\(Style.quiet)' title 'times'
      """
  }

  /// What the circles mean.
  private static func circle(_ lines: [PeerLine]) -> String {
    guard let plain = lines.compactMap(\.plain).first else { return "" }
    return plain.own.subject.model == "smoothing" ? " Circle: PyTorch's convolution." : " Circle: PyTorch eager."
  }

  private static func caption(_ lines: [PeerLine]) -> String {
    "Bar: ratio of medians, theirs over ours. Line: the ratios of single rounds. Red: the aim."
      + Self.circle(lines)
      + (lines.contains { $0.ratio.status == .busy } ? " Pale: not final, the machine was busy." : "")
  }
}
