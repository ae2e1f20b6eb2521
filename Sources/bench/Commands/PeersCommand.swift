import ArgumentParser
import Files
import Foundation
import Records

struct PeersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peers",
    abstract:
      "Compare with other programs what Benchmarks/peers/run and Scripts/interop/converge measured: tables and charts.",
    discussion: """
      Of a folder with peers.csv a table of ratios, and the charts of reports/performance; of a folder with convergence.csv and \
      equivalence.csv whether training comes out alike. A pure function of these files.
      """)

  @Argument(help: ArgumentHelp("The folder with the CSV files.", valueName: "dir"))
  var folder = "reports/performance"

  func run() throws {
    let folder = URL(fileURLWithPath: folder, isDirectory: true)
    let verdicts = folder.appendingPathComponent("equivalence.csv")
    let isConvergence = isAccessible(verdicts.givenPath, F_OK)
    print(try isConvergence ? equivalences(verdicts) : ratios(folder), terminator: "")
    try PerformanceCharts(folder: folder).draw()
  }

  private func equivalences(_ file: URL) throws -> String {
    let rows: [EquivalenceRow] = try CSVTable.read(from: file)
    var table = TextTable(header: ["variant", "head", "bench %", "PyTorch %", "difference", "90 % interval", "verdict"])
    table.rows = rows.map { row in
      [
        row.variant, row.head, "\(decimal(row.mean)) ± \(decimal(row.deviation))",
        "\(decimal(row.peerMean)) ± \(decimal(row.peerDeviation))", decimal(row.difference),
        intervalText(row.low90, row.high90, digits: 2), row.verdict,
      ]
    }
    return table.text
  }

  private func ratios(_ folder: URL) throws -> String {
    let rows: [PerformanceRow] = try CSVTable.read(from: folder.appendingPathComponent("peers.csv"))
    var table = TextTable(
      header: [
        "work", "ours", "against", "theirs", "ratio", "rounds", "aim", "peak memory", "first step after", "status",
      ])
    let ratios = PeerRatio.ratios(of: rows)
    let strongest = PeerRatio.strongest(of: ratios)
    table.rows = ratios.map { ratio in
      let own = ratio.own.subject
      return [
        "\(ratio.own.title) (\([own.variant, own.precision].joined(separator: " ")))", milliseconds(ratio.own),
        [ratio.peer.subject.implementation, ratio.peer.subject.version, ratio.peer.subject.variant]
          .filter { !$0.isEmpty }.joined(separator: " "), milliseconds(ratio.peer),
        decimal(ratio.ratio), intervalText(ratio.range.lowerBound, ratio.range.upperBound, digits: 2),
        // Aims are set against the strongest alone.
        strongest.contains(ratio)
          ? ratio.target.map { "\(decimal($0))\(ratio.ratio >= $0 ? ", reached" : ", missed")" } ?? "" : "",
        [ratio.own, ratio.peer].map { time in
          time.peakResidentBytes.map { String(format: "%.2f GB", 1e-9 * Double($0)) } ?? "?"
        }.joined(separator: " : "),
        [ratio.own, ratio.peer].map { time in
          time.startUpNanoseconds.map { String(format: "%.1f s", 1e-9 * Double($0)) } ?? "?"
        }.joined(separator: " : "),
        ratio.status == .final ? "final" : "busy: not final",
      ]
    }
    return table.text
  }

  private func decimal(_ value: Double) -> String { String(format: "%.2f", value) }
  private func milliseconds(_ time: StepTime) -> String { String(format: "%.3f ms", 1e-6 * time.medianNanoseconds) }
}
