import Records

/// A row of the table that `bench parity --csv` writes.
public struct ParityRow: CSVRow {
  public static let columns: [CSVColumn<Self>] = [
    .init("bundle", \.bundle), .init("tensor", \.tensor), .init("error", \.error),
    .init("pytorch_float32_error", \.reference), .init("allowed", \.allowed), .init("verdict", \.verdict),
    .init("pytorch_bf16_error", \.referenceBF16),
  ]
  public static var blank: Self {
    Self(bundle: "", tensor: "", error: 0, reference: nil, allowed: 0, verdict: .fails, referenceBF16: nil)
  }

  public enum Verdict: String, CaseIterable, Sendable, CSVField { case holds, fails }

  public var bundle: String
  public var tensor: String
  public var error: Double
  public var reference: Double?
  public var allowed: Double
  public var verdict: Verdict
  public var referenceBF16: Double?
}

extension ParityRow {
  public init(_ row: ParityReport.Row, of bundle: String) {
    self.init(
      bundle: bundle, tensor: row.tensor, error: row.error, reference: row.reference, allowed: row.allowed,
      verdict: row.holds ? .holds : .fails, referenceBF16: row.referenceBF16)
  }
}
