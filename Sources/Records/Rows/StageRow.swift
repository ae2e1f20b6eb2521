/// The time of one stage in one step of a run: a row of stages.csv.
public struct StageRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID), .init("phase", \.phase), .init("step", \.step), .init("stage", \.stage),
    .init("duration_ns", \.durationNanoseconds),
  ]
  public static var blank: Self { Self(runID: "", phase: "", step: 0, stage: "", durationNanoseconds: 0) }

  public var runID: String
  public var phase: String
  public var step: Int
  /// The stage, or `wholeStep`.
  public var stage: String
  public var durationNanoseconds: Int

  /// The stage name of a whole step's time.
  public static let wholeStep = "step"

  public init(runID: String, phase: String, step: Int, stage: String, durationNanoseconds: Int) {
    self.runID = runID
    self.phase = phase
    self.step = step
    self.stage = stage
    self.durationNanoseconds = durationNanoseconds
  }
}
