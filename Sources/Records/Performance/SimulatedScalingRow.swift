/// A step of a model as simulated on a number of threads: a row of simulated-scaling.csv. Times are in nanoseconds.
public struct SimulatedScalingRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("model", \.model), .init("backbone", \.backbone), .init("size", \.size), .init("batch", \.batch),
    .init("phase", \.phase), .init("version", \.version), .init("variant", \.variant), .init("machine", \.machine),
    .init("threads", \.threads), .init("step_ns", \.nanoseconds), .init("serial_ns", \.serial),
    .init("work_ns", \.work), .init("imbalance_ns", \.imbalance), .init("barriers_ns", \.barriers),
    .init("memory_ns", \.memory), .init("efficiency", \.efficiency), .init("measured_ns", \.measured),
    .init("region_ns", \.region), .init("bandwidth_gb_s", \.bandwidth),
  ]
  public static var blank: Self { Self() }

  public var model = ""
  public var backbone = ""
  public var size = 0
  public var batch = 0
  public var phase = ""
  /// Of this program, with its instruction set.
  public var version = ""
  public var variant = ""
  /// Where the step was recorded.
  public var machine = ""
  public var threads = 0
  /// The whole step, and what it is made of: outside of regions, the tasks shared out evenly, tasks that cannot be cut,
  /// opening and closing regions, and waiting for memory.
  public var nanoseconds = 0.0
  public var serial = 0.0
  public var work = 0.0
  public var imbalance = 0.0
  public var barriers = 0.0
  public var memory = 0.0
  /// How much faster than on one thread, as a share of the threads.
  public var efficiency = 0.0
  /// What a step took on so many real threads; nil for more than there are.
  public var measured: Double?
  /// What was assumed of a region of two threads, and of memory (nil: enough).
  public var region = 0.0
  public var bandwidth: Double?

  public init() {}
}
