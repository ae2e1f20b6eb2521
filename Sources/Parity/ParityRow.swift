import Records

/// A line of the table that `bench parity --csv` writes.
public struct ParityRow: CSVRow {
  public enum Column: String, CaseIterable, Hashable, Sendable {
    case bundle, tensor, error
    case pytorchFloat32Error = "pytorch_float32_error"
    case allowed, verdict
  }

  public enum Verdict: String, CaseIterable, Sendable, CSVField { case holds, fails }

  public let bundle: String
  public let tensor: String
  public let error: Double
  public let reference: Double?
  public let allowed: Double
  public let verdict: Verdict

  public init(_ row: ParityReport.Row, of bundle: String) {
    self.bundle = bundle
    tensor = row.tensor
    error = row.error
    reference = row.reference
    allowed = row.allowed
    verdict = row.holds ? .holds : .fails
  }

  public init(_ record: CSVRecord<Column>) throws(RecordsError) {
    bundle = try record[.bundle]
    tensor = try record[.tensor]
    error = try record[.error]
    reference = try record[.pytorchFloat32Error]
    allowed = try record[.allowed]
    verdict = try record[.verdict]
  }

  public func field(_ column: Column) -> String {
    switch column {
    case .bundle: bundle
    case .tensor: tensor
    case .error: error.field
    case .pytorchFloat32Error: reference.field
    case .allowed: allowed.field
    case .verdict: verdict.field
    }
  }
}
