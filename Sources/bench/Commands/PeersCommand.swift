import ArgumentParser
import Foundation
import Records

struct PeersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peers",
    abstract: "Compare what Benchmarks/peers/run measured: a table of ratios, and the charts of reports/performance.",
    discussion: "A pure function of the CSV files in the folder.")

  @Argument(help: ArgumentHelp("The folder with peers.csv.", valueName: "dir"))
  var folder = "reports/performance"

  func run() throws {
    let folder = URL(fileURLWithPath: folder, isDirectory: true)
    let rows: [PerformanceRow] = try CSVTable.read(from: folder.appendingPathComponent("peers.csv"))
    var table = TextTable(
      header: ["work", "ours", "against", "theirs", "ratio", "rounds", "aim", "peak memory", "status"])
    table.rows = PeerRatio.ratios(of: rows).map { ratio in
      [
        "\(ratio.own.title) (\(ratio.own.subject.variant))", milliseconds(ratio.own),
        [ratio.peer.subject.implementation, ratio.peer.subject.version, ratio.peer.subject.variant]
          .filter { !$0.isEmpty }.joined(separator: " "), milliseconds(ratio.peer),
        decimal(ratio.ratio), intervalText(ratio.range.lowerBound, ratio.range.upperBound, digits: 2),
        ratio.target.map { "\(decimal($0))\(ratio.ratio >= $0 ? ", reached" : ", missed")" } ?? "",
        [ratio.own, ratio.peer].map { time in
          time.peakResidentBytes.map { String(format: "%.2f GB", 1e-9 * Double($0)) } ?? "?"
        }.joined(separator: " : "),
        ratio.status == .final ? "final" : "busy: not final",
      ]
    }
    print(table.text, terminator: "")
    try PerformanceCharts(folder: folder).draw()
  }

  private func decimal(_ value: Double) -> String { String(format: "%.2f", value) }
  private func milliseconds(_ time: StepTime) -> String { String(format: "%.3f ms", 1e-6 * time.medianNanoseconds) }
}
