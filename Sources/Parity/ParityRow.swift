import Records

/// A line of the table that `bench parity --csv` writes.
public struct ParityRow: CSVRow {
  public static let columns: [CSVColumn<Self>] = [
    .init("bundle", \.bundle), .init("tensor", \.tensor), .init("error", \.error),
    .init("pytorch_float32_error", \.reference), .init("allowed", \.allowed), .init("verdict", \.verdict),
  ]
  public static var blank: Self {
    Self(bundle: "", tensor: "", error: 0, reference: nil, allowed: 0, verdict: .fails)
  }

  public enum Verdict: String, CaseIterable, Sendable, CSVField { case holds, fails }

  public private(set) var bundle: String
  public private(set) var tensor: String
  public private(set) var error: Double
  public private(set) var reference: Double?
  public private(set) var allowed: Double
  public private(set) var verdict: Verdict

  private init(
    bundle: String, tensor: String, error: Double, reference: Double?, allowed: Double, verdict: Verdict
  ) {
    self.bundle = bundle
    self.tensor = tensor
    self.error = error
    self.reference = reference
    self.allowed = allowed
    self.verdict = verdict
  }

  public init(_ row: ParityReport.Row, of bundle: String) {
    self.init(
      bundle: bundle, tensor: row.tensor, error: row.error, reference: row.reference, allowed: row.allowed,
      verdict: row.holds ? .holds : .fails)
  }
}
