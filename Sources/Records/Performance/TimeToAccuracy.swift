import Statistics

/// How long the trainings of one program took to an accuracy.
public struct TimeToAccuracy {
  /// "s3n-bench avx512", "pytorch compiled".
  public let program: String
  public let version: String
  /// Of each seed the rows of its training, by epoch.
  public let trainings: [[AccuracyTimeRow]]

  /// Each program's, in the order of the rows.
  public static func programs(of rows: [AccuracyTimeRow]) -> [TimeToAccuracy] {
    func name(_ row: AccuracyTimeRow) -> String { "\(row.program) \(row.variant)" }
    return rows.map(name).unique().map { program in
      let own = rows.filter { name($0) == program }
      let trainings = own.map(\.seed).unique().map { seed in
        own.filter { $0.seed == seed }.sorted { $0.epoch < $1.epoch }
      }
      return TimeToAccuracy(program: program, version: own[0].version, trainings: trainings)
    }
  }

  /// The seconds of each training that came to `percent`, until the first test that found it.
  public func seconds(to percent: Double) -> [Double] {
    trainings.compactMap { $0.first { $0.top1 >= percent }?.seconds }
  }

  /// The median of these; nil where no training came so far.
  public func medianSeconds(to percent: Double) -> Double? { median(seconds(to: percent)) }

  /// The epochs that each of these took.
  public func epochs(to percent: Double) -> [Int] {
    trainings.compactMap { $0.first { $0.top1 >= percent }?.epoch }
  }

  /// Whether nothing else ran meanwhile.
  public var isFinal: Bool { trainings.allSatisfy { $0.allSatisfy { $0.status == .final } } }
}
