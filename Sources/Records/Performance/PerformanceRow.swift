/// The time of one stage in one step, for our program or another that does the same work: a row of the files in
/// reports/performance.
public struct PerformanceRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("phase", \.phase), .init("step", \.step), .init("stage", \.stage),
    .init("duration_ns", \.durationNanoseconds), .init("status", \.status), .init("other_cpus", \.otherCPUs),
    .init("round", \.round), .init("implementation", \.subject.implementation), .init("version", \.subject.version),
    .init("variant", \.subject.variant), .init("precision", \.subject.precision), .init("limit", \.subject.limit),
    .init("machine", \.subject.machine), .init("model", \.subject.model),
    .init("backbone", \.subject.backbone), .init("size", \.subject.size), .init("batch", \.subject.batch),
    .init("threads", \.subject.threads), .init("smoothing", \.subject.smoothing), .init("grid", \.subject.grid),
    .init("flops", \.flops), .init("bytes", \.bytes), .init("peak_tensor_bytes", \.peakTensorBytes),
    .init("peak_rss_bytes", \.peakResidentBytes), .init("start_up_ns", \.startUpNanoseconds),
  ]
  public static var blank: Self {
    Self(phase: "", step: 0, stage: "", durationNanoseconds: 0, status: .busy, subject: .blank)
  }

  /// Whether a measurement counts.
  public enum Status: String, CaseIterable, CSVField, Sendable {
    case final
    /// Other processes kept CPUs busy during the measurement, or whether they did is unknown.
    case busy
  }

  public var phase: String
  public var step: Int
  /// The stage, or `StageRow.wholeStep`.
  public var stage: String
  public var durationNanoseconds: Int
  public var status: Status
  /// CPUs that other processes kept busy meanwhile, on average; nil where the system does not say.
  public var otherCPUs: Double?
  /// The index, from 0, among several runs in alternation with other programs.
  public var round: Int
  public var subject: PerformanceSubject
  /// The stage's floating-point operations by definition, and the bytes that its operators access; nil if not counted.
  public var flops: Double?
  public var bytes: Double?
  public var peakTensorBytes: Int?
  public var peakResidentBytes: Int?
  /// From the start of the process to its first step.
  public var startUpNanoseconds: Int?

  public init(
    phase: String, step: Int, stage: String, durationNanoseconds: Int, status: Status, otherCPUs: Double? = nil,
    round: Int = 0, subject: PerformanceSubject, flops: Double? = nil, bytes: Double? = nil,
    peakTensorBytes: Int? = nil, peakResidentBytes: Int? = nil, startUpNanoseconds: Int? = nil
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
}

/// The program and the work that a performance row measures.
public struct PerformanceSubject: Hashable, Sendable {
  /// The program: `ownName`, "pytorch", "openvino" ...
  public var implementation: String
  public var version: String
  /// Further distinguishes its runs: our instruction set, or how PyTorch ran and its memory layout.
  public var variant: String
  /// The precision of features and products: "fp32" or "bf16".
  public var precision: String
  /// The instruction set to which the program was limited, such as "avx2"; nil for the CPU's best.
  public var limit: String?
  /// The CPU model and how many CPUs.
  public var machine: String
  public var model: String
  public var backbone: String
  public var size: Int
  public var batch: Int
  public var threads: Int
  /// nil where nothing is smoothed.
  public var smoothing: String?
  /// Cells along a side of the attention map; nil if there is none.
  public var grid: Int?

  public init(
    implementation: String = ownName, version: String, variant: String, precision: String = "fp32",
    limit: String? = nil, machine: String, model: String, backbone: String, size: Int, batch: Int, threads: Int,
    smoothing: String? = nil, grid: Int? = nil
  ) {
    self.implementation = implementation
    self.version = version
    self.variant = variant
    self.precision = precision
    self.limit = limit
    self.machine = machine
    self.model = model
    self.backbone = backbone
    self.size = size
    self.batch = batch
    self.threads = threads
    self.smoothing = smoothing
    self.grid = grid
  }

  /// The name of our own program among implementations.
  public static let ownName = "s3n-bench"
  static var blank: Self {
    Self(
      implementation: "", version: "", variant: "", machine: "", model: "", backbone: "", size: 0, batch: 0, threads: 0)
  }
}
