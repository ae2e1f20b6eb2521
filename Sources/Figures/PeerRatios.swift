import Foundation
import Records

/// How many times as fast as other programs we are, one line a piece of work, on a scale where twice is as far as half.
public struct PeerRatios: Figure {
  public let name = "peer-ratios"
  public let columns = ["row", "work", "ratio", "low", "high", "target", "status", "against", "times"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// From rows of reports/performance/peers.csv.
  public init(of measured: [PerformanceRow]) throws(FiguresError) {
    let ratios = PeerRatio.ratios(of: measured)
    guard let first = ratios.first else {
      throw .noData(
        figure: name, needed: "steps of \(PerformanceSubject.ownName) and of another program on the same work")
    }
    // Our instruction set is named where there are several.
    let hasVariants = Set(ratios.map(\.own.subject.variant)).count > 1
    let title = { (ratio: PeerRatio) in ratio.own.title + (hasVariants ? ", \(ratio.own.subject.variant)" : "") }
    rows = ratios.enumerated().map { position, ratio in
      [
        "\(position + 1)", title(ratio), ratio.ratio.field, ratio.range.lowerBound.field,
        ratio.range.upperBound.field, ratio.target.field, ratio.status.rawValue,
        "\(Style.number(ratio.ratio, digits: ratio.ratio < 10 ? 2 : 1)) × \(Self.spelled(ratio.peer.subject))",
        "\(duration(ratio.own.medianNanoseconds)) : \(duration(ratio.peer.medianNanoseconds))",
      ]
    }
    size = FigureSize(width: 1100, height: Style.headHeight + 32 * rows.count + Style.footHeight)
    let values = ratios.flatMap { [$0.range.lowerBound, $0.range.upperBound] } + ratios.compactMap(\.target)
    let (low, high) = (min(0.8, 0.9 * (values.min() ?? 1)), max(2, 1.1 * (values.max() ?? 1)))
    let tics = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200].filter { ($0 >= low) && ($0 <= high) }
    let margins = Style.Margins(leftLabels: rows.map { $0[1] }, rightLabels: rows.map { $0[7] + "1.00 ms : 1.00 ms" })
    let threads = first.own.subject.threads
    commands = """
      \(Style.frame(
        title: "How many times as fast as other programs",
        subtitle:
          ("\(first.own.subject.machine), \(threads == 1 ? "1 thread" : "\(threads) threads"), fp32; "
            + ratios.map { Self.versioned($0.peer.subject) }.unique().joined(separator: ", ")).shortened(to: 120),
        caption: Self.caption(ratios), size: size, margins: margins))
      set logscale x
      set xrange [\(low):\(high)]
      set xtics (\(tics.map { "'\(Style.number($0, digits: $0 < 1 ? 1 : 0))' \($0)" }.joined(separator: ", ")))
      set yrange [\(rows.count).5:0.5]
      unset ytics
      low = \(low)
      high = \(high)
      half = 0.3
      final(value) = strcol(7) eq 'final' ? value : NaN
      busy(value) = strcol(7) eq 'final' ? NaN : value
      set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead back linewidth 1.2 linecolor rgb '\(Style.quiet)'
      plot data using (final($3)):1:(1):3:($1 - half):($1 + half) with boxxyerror \\
          linecolor rgb '\(Style.blue)' title 'final', \\
        data using (busy($3)):1:(1):3:($1 - half):($1 + half) with boxxyerror \\
          linecolor rgb '\(Style.paleBlue)' title 'busy', \\
        data using 4:1:($5 - $4):(0) with vectors nohead linewidth 1.5 linecolor rgb '\(Style.ink)' title 'rounds', \\
        data using 6:($1 - half - 0.1):(0):(2 * half + 0.2) with vectors nohead linewidth 2.5 \\
          linecolor rgb '\(Style.vermilion)' title 'targets', \\
        data using (low):1:2 with labels right \(Style.shift(-8, size)) font ',15' \\
          textcolor rgb '\(Style.ink)' title 'work', \\
        data using (high):1:8 with labels left \(Style.shift(10, size)) font ',14' \\
          textcolor rgb '\(Style.ink)' title 'ratios', \\
        data using (high):1:9 with labels right \(Style.shift(margins.right - 14, size)) font ',13' \\
          textcolor rgb '\(Style.quiet)' title 'times'
      """
  }

  private static func caption(_ ratios: [PeerRatio]) -> String {
    "Bar: ratio of medians, theirs over ours. Line: the ratios of single rounds. Red: the aim."
      + (ratios.contains { $0.status == .busy } ? " Pale: not final, the machine was busy." : "")
  }

  private static func spelled(_ subject: PerformanceSubject) -> String {
    ["pytorch": "PyTorch", "openvino": "OpenVINO", "pillow": "Pillow"][subject.implementation]
      ?? subject.implementation
  }

  private static func versioned(_ subject: PerformanceSubject) -> String { "\(spelled(subject)) \(subject.version)" }
}
