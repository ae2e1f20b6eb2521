/// A model's step simulated on a number of threads: a row of simulated-scaling.csv. Times are in nanoseconds.
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
  /// The whole step and its parts: outside of regions, tasks divided evenly, tasks that cannot be split, opening and
  /// closing regions, and waiting for memory.
  public var nanoseconds = 0.0
  public var serial = 0.0
  public var work = 0.0
  public var imbalance = 0.0
  public var barriers = 0.0
  public var memory = 0.0
  /// The speedup over one thread, divided by the number of threads.
  public var efficiency = 0.0
  /// A step's measured time on that many real threads; nil if the machine has fewer.
  public var measured: Double?
  /// The assumed cost of a region of two threads, and memory bandwidth (nil: enough).
  public var region = 0.0
  public var bandwidth: Double?

  public init() {}
}
