/// The time of one stage in one step of a run: a row of stages.csv.
public struct StageRow: CSVRow, Equatable {
  public enum Column: String, CaseIterable, Sendable {
    case runID = "run_id"
    case phase, step, stage
    case durationNanoseconds = "duration_ns"
  }

  public var runID: String
  public var phase: String
  public var step: Int
  /// The stage, or `wholeStep`.
  public var stage: String
  public var durationNanoseconds: Int

  /// The name under which a step's whole time stands among its stages.
  public static let wholeStep = "step"

  public init(runID: String, phase: String, step: Int, stage: String, durationNanoseconds: Int) {
    self.runID = runID
    self.phase = phase
    self.step = step
    self.stage = stage
    self.durationNanoseconds = durationNanoseconds
  }

  public init(_ record: CSVRecord<Column>) throws(RecordsError) {
    runID = try record[.runID]
    phase = try record[.phase]
    step = try record[.step]
    stage = try record[.stage]
    durationNanoseconds = try record[.durationNanoseconds]
  }

  public func field(_ column: Column) -> String {
    switch column {
    case .runID: runID.field
    case .phase: phase.field
    case .step: step.field
    case .stage: stage.field
    case .durationNanoseconds: durationNanoseconds.field
    }
  }
}
