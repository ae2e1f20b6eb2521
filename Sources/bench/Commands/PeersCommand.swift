import ArgumentParser
import Figures
import Files
import Foundation
import Records

struct PeersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peers",
    abstract:
      "Compare bench with other programs, as measured by Benchmarks/peers and Scripts/interop/converge.",
    discussion: """
      For a folder with peers.csv, prints ratios to the strongest program; with time-to-accuracy.csv, how soon \
      training reaches 60 % top-1; and draws the charts of reports/performance. For a folder with convergence.csv and \
      equivalence.csv, prints whether training gives equivalent results. Only these files are used.
      """)

  @Argument(help: ArgumentHelp("Folder with the CSV files.", valueName: "dir"))
  var folder = "reports/performance"

  @Flag(help: "Show all other programs in peers.csv, with memory and time to the first step.")
  var all = false

  func run() throws {
    let folder = URL(fileURLWithPath: folder, isDirectory: true)
    let verdicts = folder.appendingPathComponent("equivalence.csv")
    let isConvergence = isAccessible(verdicts.givenPath, F_OK)
    let tables =
      isConvergence ? [try equivalences(verdicts)] : [try ratios(folder), try times(folder)].compactMap(\.self)
    print(tables.joined(separator: "\n"), terminator: "")
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

  /// The time that training takes to reach the goal accuracy; nil if the file is missing.
  private func times(_ folder: URL) throws -> String? {
    let file = folder.appendingPathComponent("time-to-accuracy.csv")
    guard let rows: [AccuracyTimeRow] = try CSVTable.readIfPresent(from: file) else { return nil }
    let goal = AccuracyOverTime.goal
    var table = TextTable(header: ["S3N on birdlets", "to \(Int(goal)) % top-1", "epochs", "seeds", "status"])
    table.rows = TimeToAccuracy.programs(of: rows).map { program in
      let (reached, epochs) = (program.seconds(to: goal), program.epochs(to: goal))
      let range = reached.min().map { intervalText($0, reached.max() ?? $0) } ?? ""
      return [
        "\(program.program) \(program.version)",
        program.medianSeconds(to: goal).map { "\(oneDecimal($0)) s \(range)" } ?? "not reached",
        epochs.min().map { "\($0) to \(epochs.max() ?? $0)" } ?? "", "\(reached.count) of \(program.trainings.count)",
        program.isFinal ? "final" : "busy: not final",
      ]
    }
    return table.text
  }

  /// The table of ratios; nil if peers.csv is missing but time-to-accuracy.csv exists.
  private func ratios(_ folder: URL) throws -> String? {
    let file = folder.appendingPathComponent("peers.csv")
    let isAlone = !isAccessible(folder.appendingPathComponent("time-to-accuracy.csv").givenPath, F_OK)
    guard isAlone || isAccessible(file.givenPath, F_OK) else { return nil }
    let rows: [PerformanceRow] = try CSVTable.read(from: file)
    let ratios = PeerRatio.ratios(of: rows)
    let strongest = PeerRatio.strongest(of: ratios)
    var table = TextTable(
      header: ["work", "ratio", "rounds", "aim", "ours", "theirs", "against"]
        + (all ? ["peak memory", "first step after"] : []))
    table.rows = (all ? ratios : strongest).map { ratio in
      let (own, peer) = (ratio.own.subject, ratio.peer.subject)
      return [
        [ratio.own.title, own.precision, own.limit ?? ""].filter { !$0.isEmpty }.joined(separator: ", "),
        decimal(ratio.ratio) + (ratio.status == .final ? "" : ", busy: not final"),
        intervalText(ratio.range.lowerBound, ratio.range.upperBound, digits: 2),
        // Targets apply to the strongest peer only.
        strongest.contains(ratio)
          ? ratio.target.map { "\(decimal($0))\(ratio.ratio >= $0 ? ", reached" : ", missed")" } ?? "" : "",
        milliseconds(ratio.own), milliseconds(ratio.peer),
        [peer.implementation, peer.version, peer.variant].filter { !$0.isEmpty }.joined(separator: " "),
      ]
        + (all
          ? [
            pair(ratio, \.peakResidentBytes, 1e-9, "GB", digits: 2),
            pair(ratio, \.startUpNanoseconds, 1e-9, "s", digits: 1),
          ] : [])
    }
    return table.text
  }

  /// The amount that each program used, ours first.
  private func pair(_ ratio: PeerRatio, _ amount: (StepTime) -> Int?, _ scale: Double, _ unit: String, digits: Int)
    -> String
  {
    [ratio.own, ratio.peer].map { time in
      amount(time).map { String(format: "%.\(digits)f \(unit)", scale * Double($0)) } ?? "?"
    }.joined(separator: " : ")
  }

  private func decimal(_ value: Double) -> String { String(format: "%.2f", value) }
  private func milliseconds(_ time: StepTime) -> String { String(format: "%.3f ms", 1e-6 * time.medianNanoseconds) }
}
