import Records

/// One sample of one limit of the machine: a row of the file that `bench roofline` writes.
public struct RooflineRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("limit", \.limit), .init("threads", \.threads), .init("instruction_set", \.instructionSet),
    .init("round", \.round), .init("value", \.value), .init("unit", \.unit), .init("status", \.status),
    .init("other_cpus", \.otherCPUs),
  ]
  public static var blank: Self { Self("", threads: 0, instructionSet: "", round: 0, value: 0, unit: "", load: nil) }

  /// "multiply_add", "multiply_add_bf16" or "triad".
  public var limit: String
  public var threads: Int
  public var instructionSet: String
  public var round: Int
  public var value: Double
  /// "FLOP/s" or "B/s".
  public var unit: String
  public var status: PerformanceRow.Status
  public var otherCPUs: Double?

  private init(
    _ limit: String, threads: Int, instructionSet: String, round: Int, value: Double, unit: String, load: OtherLoad?
  ) {
    self.limit = limit
    self.threads = threads
    self.instructionSet = instructionSet
    self.round = round
    self.value = value
    self.unit = unit
    status = .init(load)
    otherCPUs = load?.cpus
  }

  /// Returns one row per sample of `roofline`.
  public static func rows(of roofline: Roofline) -> [RooflineRow] {
    func rows(_ limit: String, _ values: [Double], unit: String) -> [RooflineRow] {
      values.enumerated().map { round, value in
        RooflineRow(
          limit, threads: roofline.threads, instructionSet: roofline.instructionSet.rawValue, round: round,
          value: value, unit: unit, load: roofline.load)
      }
    }
    return rows("multiply_add", roofline.arithmetic, unit: "FLOP/s")
      + rows("multiply_add_bf16", roofline.arithmeticBF16, unit: "FLOP/s")
      + rows("triad", roofline.bandwidth, unit: "B/s")
  }
}

extension PerformanceRow.Status {
  /// Creates `final` only if the machine is known to have been quiet, otherwise `busy`.
  public init(_ load: OtherLoad?) { self = load.map { !$0.isBusy } ?? false ? .final : .busy }
}
