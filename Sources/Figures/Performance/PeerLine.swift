import Records

/// One row of the chart of ratios: a piece of work in its group, which has a heading row.
struct PeerLine {
  let row: Int
  let group: String
  let ratio: PeerRatio
  /// Plain PyTorch: eager, or smoothing by the released code's convolution; nil where it is the strongest.
  let plain: PeerRatio?

  /// The rows, grouped by precision and by the instruction set that all programs are limited to.
  static func lines(of ratios: [PeerRatio]) -> [PeerLine] {
    let strongest = PeerRatio.strongest(of: ratios)
    let groups = strongest.map { group(of: $0.own.subject) }.unique()
    var lines: [PeerLine] = []
    for (number, group) in groups.enumerated() {
      for ratio in strongest where Self.group(of: ratio.own.subject) == group {
        let heading = groups.count > 1 ? number + 1 : 0
        let plain = ratios.first { $0.own == ratio.own && $0.peer.subject.isPlainPyTorch && $0 != ratio }
        lines.append(PeerLine(row: lines.count + heading + 1, group: group, ratio: ratio, plain: plain))
      }
    }
    return lines
  }

  private static func group(of subject: PerformanceSubject) -> String {
    subject.precision + (subject.limit.map { ", all held to \($0.uppercased())" } ?? "")
  }

  var fields: [String] {
    let peer = ratio.peer.subject
    return [
      "\(row)", group, ratio.own.title, ratio.ratio.field, ratio.range.lowerBound.field,
      ratio.range.upperBound.field, ratio.target.field, ratio.status.rawValue,
      "\(Self.text(ratio.ratio)) × \(peer.programTitle)\(peer.wayTitle)", (plain?.ratio).field,
      plain.map { "\(Self.text($0.ratio)) × \($0.peer.subject.plainWord)" } ?? "",
      "\(duration(ratio.own.medianNanoseconds)) : \(duration(ratio.peer.medianNanoseconds))",
    ]
  }

  private static func text(_ ratio: Double) -> String { Style.number(ratio, digits: ratio < 10 ? 2 : 1) }

  /// The groups' names above their rows, if there are several groups.
  static func headings(_ lines: [PeerLine], right: Double, _ size: FigureSize) -> String {
    let groups = lines.map(\.group).unique()
    guard groups.count > 1 else { return "" }
    return groups.enumerated().compactMap { number, group in
      lines.first { $0.group == group }.map { line in
        "set label \(10 + number) \(Style.quoted(group)) at first \(right), first \(line.row - 1) right \(Style.shift(-8, size)) "
          + "font ',15' textcolor rgb '\(Style.quiet)'"
      }
    }.joined(separator: "\n")
  }
}

extension PerformanceSubject {
  var programTitle: String {
    let titles = [
      "pytorch": "PyTorch", "openvino": "OpenVINO", "onnxruntime": "ONNX Runtime", "pillow": "Pillow",
      "zentorch": "zentorch",
    ]
    return titles[implementation] ?? implementation
  }

  fileprivate var isPlainPyTorch: Bool { implementation == "pytorch" && ["eager", "direct"].contains(plainWord) }

  /// "eager" of "eager channels-last".
  fileprivate var plainWord: String { variant.split(separator: " ").first.map(String.init) ?? "" }

  /// How PyTorch ran, appended to its name.
  fileprivate var wayTitle: String {
    let titles = ["compiled": " compiled", "eager": " eager", "direct": " direct", "fft": " by FFT"]
    return implementation == "pytorch" ? titles[plainWord] ?? "" : ""
  }
}
