import Foundation
import Records
import TestSupport
import Testing

/// README and docs/speed.md match reports/performance/peers.csv about other programs.
@Suite struct PublishedSpeedTests {
  private let ratios: [PeerRatio]

  init() throws {
    let file = Repository.report("performance/peers.csv")
    ratios = PeerRatio.strongest(of: PeerRatio.ratios(of: try CSVTable.read(from: file)))
  }

  /// Returns the cells of docs/speed.md's table with this header, line by line.
  private func table(_ header: String) throws -> [[String]] {
    try Repository.text(of: "docs/speed.md").split(separator: "\n").drop { $0 != header }.dropFirst(2).prefix {
      $0.hasPrefix("|")
    }
    .map { line in line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
  }

  private func ratio(
    _ model: String, _ phase: String, _ batch: Int, _ precision: String = "fp32", limit: String? = nil
  ) throws -> PeerRatio {
    let found = ratios.filter {
      let own = $0.own.subject
      return (own.model, own.batch, own.precision, own.limit, $0.own.phase) == (model, batch, precision, limit, phase)
    }
    #expect(found.count == 1, "\(model) \(phase), batch \(batch), \(precision): \(found.count) works of ours")
    return try #require(found.first)
  }

  private func words(_ ratio: Double) -> String { String(format: "%.2f", ratio) }

  /// Returns the smallest and the largest ratio for inference.
  private func inference(_ precision: String, limit: String? = nil) throws -> String {
    let all = try ["s3n", "resnet"].flatMap { model in
      try [1, 8].map { try ratio(model, "infer", $0, precision, limit: limit).ratio }
    }
    return "\(words(all.min() ?? 0)) to \(words(all.max() ?? 0))"
  }

  private func gain(_ model: String) throws -> String {
    let times = try ["fp32", "bf16"].map { try ratio(model, "train", 8, $0).own.medianNanoseconds }
    return words(times[0] / times[1])
  }

  @Test func theTableOfAimsIsThatOfTheMeasurement() throws {
    func strongest(_ model: String, _ phase: String, _ batch: Int, _ precision: String, limit: String? = nil) throws
      -> String
    {
      words(try ratio(model, phase, batch, precision, limit: limit).ratio)
    }
    let reached = [
      try strongest("s3n", "train", 8, "fp32"), try strongest("resnet", "train", 8, "fp32"),
      try "\(strongest("s3n", "infer", 1, "fp32")), \(strongest("s3n", "infer", 8, "fp32"))",
      try strongest("s3n", "train", 8, "bf16"), try strongest("resnet", "train", 8, "bf16"), try inference("bf16"),
      "\(try gain("s3n")), \(try gain("resnet"))",
      try
        "\(strongest("s3n", "train", 8, "fp32", limit: "avx2")), \(strongest("resnet", "train", 8, "fp32", limit: "avx2"))",
      try inference("fp32", limit: "avx2"),
    ]
    #expect(try table("| what | aim | reached |").map { $0.last } == reached)
  }

  @Test func theTableOfBothPrecisionsIsThatOfTheMeasurement() throws {
    func text(_ nanoseconds: Double) -> String {
      let (seconds, milliseconds) = (1e-9 * nanoseconds, 1e-6 * nanoseconds)
      return seconds < 1
        ? String(format: "%.0f ms", milliseconds) : String(format: seconds < 10 ? "%.2f s" : "%.1f s", seconds)
    }
    let computed = try [("resnet", "train"), ("s3n", "train"), ("resnet", "infer"), ("s3n", "infer")].map {
      let times = try [ratio($0, $1, 8), ratio($0, $1, 8, "bf16")].map(\.own.medianNanoseconds)
      return "\(text(times[0])) | \(text(times[1])) | \(words(times[0] / times[1])) times as fast"
    }
    let published = try table("| | fp32 | bf16 | |").map { $0.dropFirst().joined(separator: " | ") }
    #expect(published.count == computed.count)
    for (line, cells) in zip(published, computed) { #expect(line.hasPrefix(cells)) }
  }

  /// The simulated and measured times on sixteen CPUs.
  @Test func theTableOfSixteenCPUsIsThatOfTheMeasurement() throws {
    let file = Repository.report("performance/sixteen-cpus/simulated-scaling.csv")
    let rows: [SimulatedScalingRow] = try CSVTable.read(from: file)
    let computed = try rows.map { row in
      let (alone, measured) = (row.efficiency * row.nanoseconds * Double(row.threads), try #require(row.measured))
      return String(
        format: "%.2f s | %.0f ms | %@ ms | %.0f %%", 1e-9 * alone, 1e-6 * row.nanoseconds,
        Int((1e-6 * measured).rounded()).formatted(.number.locale(Locale(identifier: "en_US"))),
        100 * alone / Double(row.threads) / measured)
    }
    let published = try table("| step | one thread | 16, simulated | 16, measured | efficiency |")
    #expect(published.map { $0.dropFirst().joined(separator: " | ") } == computed)
    #expect(rows.allSatisfy { $0.threads == 16 })
  }

  @Test func theTableOfTimesToAnAccuracyIsThatOfTheMeasurement() throws {
    let file = Repository.report("performance/time-to-accuracy.csv")
    let programs = TimeToAccuracy.programs(of: try CSVTable.read(from: file))
    let computed = try programs.map { program in
      let (seconds, epochs) = (program.seconds(to: 60), program.epochs(to: 60))
      let least = try (#require(seconds.min()), #require(epochs.min()))
      let most = try (#require(seconds.max()), #require(epochs.max()))
      return String(
        format: "%.1f s [%.1f, %.1f] | %d to %d",
        try #require(program.medianSeconds(to: 60)), least.0, most.0, least.1, most.1)
    }
    let published = try table("| S3N in fp32, one recipe and backbone | median of five seeds, [range] | epochs |")
    #expect(published.map { $0.dropFirst().joined(separator: " | ") } == computed)
    #expect(programs.allSatisfy { $0.isFinal && $0.trainings.count == 5 })
  }

  @Test func theReadmesClaimIsAgainstTheStrongest() throws {
    let (fp32, bf16) = (try ratio("s3n", "train", 8), try ratio("s3n", "train", 8, "bf16"))
    #expect([fp32, bf16].allSatisfy { $0.peer.subject.implementation == "pytorch" && $0.status == .final })
    let claim = String(
      format: "S3N trains %.1f times as fast as PyTorch, eager or compiled, on the same CPU, in bf16 %.1f times",
      fp32.ratio, bf16.ratio)
    #expect(try Repository.text(of: "README.md").contains(claim))
  }
}
