import Records

/// One sample of one limit of the machine: a row of the file of `bench roofline`.
public struct RooflineRow: CSVRow, Equatable {
  public enum Column: String, CaseIterable, Sendable {
    case limit, threads
    case instructionSet = "instruction_set"
    case round, value, unit, status
    case otherCPUs = "other_cpus"
  }

  /// "multiply_add" or "triad".
  public var limit: String
  public var threads: Int
  public var instructionSet: String
  public var round: Int
  public var value: Double
  /// "FLOP/s" or "B/s".
  public var unit: String
  public var status: PerformanceRow.Status
  public var otherCPUs: Double?

  public init(_ record: CSVRecord<Column>) throws(RecordsError) {
    limit = try record[.limit]
    threads = try record[.threads]
    instructionSet = try record[.instructionSet]
    round = try record[.round]
    value = try record[.value]
    unit = try record[.unit]
    status = try record[.status]
    otherCPUs = try record[.otherCPUs]
  }

  public func field(_ column: Column) -> String {
    switch column {
    case .limit: limit.field
    case .threads: threads.field
    case .instructionSet: instructionSet.field
    case .round: round.field
    case .value: value.field
    case .unit: unit.field
    case .status: status.field
    case .otherCPUs: otherCPUs.field
    }
  }

  private init(_ limit: String, of roofline: Roofline, round: Int, value: Double, unit: String) {
    self.limit = limit
    threads = roofline.threads
    instructionSet = roofline.instructionSet.rawValue
    self.round = round
    self.value = value
    self.unit = unit
    status = roofline.load?.isBusy ?? false ? .busy : .final
    otherCPUs = roofline.load?.cpus
  }

  /// Every sample of `roofline`.
  public static func rows(of roofline: Roofline) -> [RooflineRow] {
    roofline.arithmetic.enumerated().map {
      RooflineRow("multiply_add", of: roofline, round: $0, value: $1, unit: "FLOP/s")
    }
      + roofline.bandwidth.enumerated().map { RooflineRow("triad", of: roofline, round: $0, value: $1, unit: "B/s") }
  }
}
