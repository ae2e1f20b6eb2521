/// The time of one stage in one step, of our program or of another that does the same work: a row of the files of
/// reports/performance.
public struct PerformanceRow: CSVRow, Equatable {
  public enum Column: String, CaseIterable, Sendable {
    case phase, step, stage
    case durationNanoseconds = "duration_ns"
    case status
    case otherCPUs = "other_cpus"
    case round, implementation, version, variant, machine, model, backbone, size, batch, threads, smoothing, grid
    case flops, bytes
    case peakTensorBytes = "peak_tensor_bytes"
    case peakResidentBytes = "peak_rss_bytes"
    case startUpNanoseconds = "start_up_ns"
  }

  /// Whether a figure counts.
  public enum Status: String, CaseIterable, CSVField, Sendable {
    case final
    /// Others kept the CPUs busy while it was measured.
    case busy
  }

  public var phase: String
  public var step: Int
  /// The stage, or `StageRow.wholeStep`.
  public var stage: String
  public var durationNanoseconds: Int
  public var status: Status
  /// CPUs that others kept busy meanwhile, on average; nil where the system does not say.
  public var otherCPUs: Double?
  /// Which of several runs in alternation with other programs, from 0.
  public var round: Int
  public var subject: Subject
  /// Floating-point operations of the stage by the definition, and bytes that its operators read and write; nil where not
  /// counted.
  public var flops: Double?
  public var bytes: Double?
  public var peakTensorBytes: Int?
  public var peakResidentBytes: Int?
  /// From the start of the process to its first step.
  public var startUpNanoseconds: Int?

  /// What was measured.
  public struct Subject: Hashable, Sendable {
    /// The program: `ownName`, "pytorch", "openvino" ...
    public var implementation: String
    public var version: String
    /// What else tells its runs apart: our instruction set, PyTorch's memory layout.
    public var variant: String
    /// The CPU and how many of them.
    public var machine: String
    public var model: String
    public var backbone: String
    public var size: Int
    public var batch: Int
    public var threads: Int
    /// nil where nothing is smoothed.
    public var smoothing: String?
    /// Cells of the attention map along a side; nil where there is none.
    public var grid: Int?

    public init(
      implementation: String = ownName, version: String, variant: String, machine: String, model: String,
      backbone: String, size: Int, batch: Int, threads: Int, smoothing: String? = nil, grid: Int? = nil
    ) {
      self.implementation = implementation
      self.version = version
      self.variant = variant
      self.machine = machine
      self.model = model
      self.backbone = backbone
      self.size = size
      self.batch = batch
      self.threads = threads
      self.smoothing = smoothing
      self.grid = grid
    }

    /// Our own program among implementations.
    public static let ownName = "s3n-bench"
  }

  public init(
    phase: String, step: Int, stage: String, durationNanoseconds: Int, status: Status, otherCPUs: Double? = nil,
    round: Int = 0, subject: Subject, flops: Double? = nil, bytes: Double? = nil, peakTensorBytes: Int? = nil,
    peakResidentBytes: Int? = nil, startUpNanoseconds: Int? = nil
  ) {
    self.phase = phase
    self.step = step
    self.stage = stage
    self.durationNanoseconds = durationNanoseconds
    self.status = status
    self.otherCPUs = otherCPUs
    self.round = round
    self.subject = subject
    self.flops = flops
    self.bytes = bytes
    self.peakTensorBytes = peakTensorBytes
    self.peakResidentBytes = peakResidentBytes
    self.startUpNanoseconds = startUpNanoseconds
  }

  public init(_ record: CSVRecord<Column>) throws(RecordsError) {
    phase = try record[.phase]
    step = try record[.step]
    stage = try record[.stage]
    durationNanoseconds = try record[.durationNanoseconds]
    status = try record[.status]
    otherCPUs = try record[.otherCPUs]
    round = try record[.round]
    subject = Subject(
      implementation: try record[.implementation], version: try record[.version], variant: try record[.variant],
      machine: try record[.machine], model: try record[.model], backbone: try record[.backbone],
      size: try record[.size], batch: try record[.batch], threads: try record[.threads],
      smoothing: try record[.smoothing], grid: try record[.grid])
    flops = try record[.flops]
    bytes = try record[.bytes]
    peakTensorBytes = try record[.peakTensorBytes]
    peakResidentBytes = try record[.peakResidentBytes]
    startUpNanoseconds = try record[.startUpNanoseconds]
  }

  public func field(_ column: Column) -> String {
    switch column {
    case .phase: phase.field
    case .step: step.field
    case .stage: stage.field
    case .durationNanoseconds: durationNanoseconds.field
    case .status: status.field
    case .otherCPUs: otherCPUs.field
    case .round: round.field
    case .implementation: subject.implementation.field
    case .version: subject.version.field
    case .variant: subject.variant.field
    case .machine: subject.machine.field
    case .model: subject.model.field
    case .backbone: subject.backbone.field
    case .size: subject.size.field
    case .batch: subject.batch.field
    case .threads: subject.threads.field
    case .smoothing: subject.smoothing.field
    case .grid: subject.grid.field
    case .flops: flops.field
    case .bytes: bytes.field
    case .peakTensorBytes: peakTensorBytes.field
    case .peakResidentBytes: peakResidentBytes.field
    case .startUpNanoseconds: startUpNanoseconds.field
    }
  }
}
