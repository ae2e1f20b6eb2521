import Foundation
import Records
import Testing

/// What README and docs/speed.md say of other programs is what reports/performance/peers.csv says.
@Suite struct PublishedSpeedTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private let ratios: [PeerRatio]

  init() throws {
    let file = Self.root.appendingPathComponent("reports/performance/peers.csv")
    ratios = PeerRatio.strongest(of: PeerRatio.ratios(of: try CSVTable.read(from: file)))
  }

  private func text(_ file: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(file), encoding: .utf8)
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

  /// The least and the greatest ratio of inference.
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
    let table = try text("docs/speed.md").split(separator: "\n").drop { $0 != "| what | aim | reached |" }.dropFirst(2)
    let published = table.prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
    }
    #expect(published == reached)
  }

  /// What was simulated and measured on sixteen CPUs.
  @Test func theTableOfSixteenCPUsIsThatOfTheMeasurement() throws {
    let file = Self.root.appendingPathComponent("reports/performance/sixteen-cpus/simulated-scaling.csv")
    let rows: [SimulatedScalingRow] = try CSVTable.read(from: file)
    let computed = try rows.map { row in
      let (alone, measured) = (row.efficiency * row.nanoseconds * Double(row.threads), try #require(row.measured))
      return String(
        format: "%.2f s | %.0f ms | %@ ms | %.0f %%", 1e-9 * alone, 1e-6 * row.nanoseconds,
        Int((1e-6 * measured).rounded()).formatted(.number.locale(Locale(identifier: "en_US"))),
        100 * alone / Double(row.threads) / measured)
    }
    let table = try text("docs/speed.md").split(separator: "\n")
      .drop { $0 != "| step | one thread | 16, simulated | 16, measured | efficiency |" }.dropFirst(2)
    let published = table.prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").dropFirst().map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " | ")
    }
    #expect(published == computed && rows.allSatisfy { $0.threads == 16 })
  }

  @Test func theReadmesClaimIsAgainstTheStrongest() throws {
    let (fp32, bf16) = (try ratio("s3n", "train", 8), try ratio("s3n", "train", 8, "bf16"))
    #expect([fp32, bf16].allSatisfy { $0.peer.subject.variant.hasPrefix("compiled") && $0.status == .final })
    let claim = String(
      format: "S3N trains %.1f times as fast as compiled PyTorch on the same CPU, in bf16 %.1f times", fp32.ratio,
      bf16.ratio)
    #expect(try text("README.md").contains(claim))
  }
}
