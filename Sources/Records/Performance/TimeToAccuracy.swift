import Statistics

/// How long the training runs of one program took to reach an accuracy.
public struct TimeToAccuracy {
  /// "s3n-bench avx512", "pytorch compiled".
  public let program: String
  public let version: String
  /// The rows of each seed's training, by epoch.
  public let trainings: [[AccuracyTimeRow]]

  /// The times of each program, in the order of the rows.
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

  /// The seconds of each training that reached `percent`, until the first test that showed it.
  public func seconds(to percent: Double) -> [Double] {
    trainings.compactMap { $0.first { $0.top1 >= percent }?.seconds }
  }

  /// The median of `seconds(to:)`; nil if no training reached `percent`.
  public func medianSeconds(to percent: Double) -> Double? { median(seconds(to: percent)) }

  /// The epochs that each of these trainings took.
  public func epochs(to percent: Double) -> [Int] {
    trainings.compactMap { $0.first { $0.top1 >= percent }?.epoch }
  }

  /// Whether every measurement is final.
  public var isFinal: Bool { trainings.allSatisfy { $0.allSatisfy { $0.status == .final } } }
}
