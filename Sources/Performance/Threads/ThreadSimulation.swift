/// How long recorded work would take on more threads than the machine has, and what keeps it from scaling.
///
/// Each region is cut as `s3n_parallel` cuts it: every worker begins with a range of its own and then takes from the others'.
/// Tasks are assumed to take on many threads what they took on one.
public struct ThreadSimulation: Equatable, Sendable {
  /// What threads cost that one does not.
  public struct Machine: Equatable, Sendable {
    /// Nanoseconds that a region of two threads costs without any work in it; of more, as many times as they double.
    public var regionNanoseconds: Double
    /// Bytes a nanosecond that all threads share; nil for as many as they want.
    public var bandwidth: Double?

    public init(regionNanoseconds: Double, bandwidth: Double? = nil) {
      (self.regionNanoseconds, self.bandwidth) = (regionNanoseconds, bandwidth)
    }
  }

  public let threads: Int
  /// Between the regions, on one thread.
  public let serialNanoseconds: Double
  /// The tasks, shared out evenly.
  public let workNanoseconds: Double
  /// What regions take longer than that, since tasks cannot be cut.
  public let imbalanceNanoseconds: Double
  /// Opening and closing regions.
  public let barrierNanoseconds: Double
  /// By how much memory holds up all of it.
  public let memoryNanoseconds: Double
  /// How much faster than the same work as it is cut for one thread, as a share of `threads`.
  public let efficiency: Double

  public var nanoseconds: Double {
    serialNanoseconds + workNanoseconds + imbalanceNanoseconds + barrierNanoseconds + memoryNanoseconds
  }

  /// - Parameters:
  ///   - trace: the work as it is cut for `threads`.
  ///   - alone: the nanoseconds of the work as it is cut for one thread; those of `trace` if nil.
  ///   - bytes: what the work moves through memory.
  public init(of trace: RegionTrace, alone: Double? = nil, threads: Int, on machine: Machine, bytes: Double = 0) {
    var (work, spans, barriers) = (0.0, 0.0, 0.0)
    let doublings = (0..<Int.bitWidth).first { 1 << $0 >= threads } ?? 0
    for tasks in trace.regions {
      let isShared = tasks.count > 1 && threads > 1
      work += tasks.reduce(0, +) / Double(threads)
      spans += Self.span(of: tasks, threads: isShared ? threads : 1)
      barriers += isShared ? Double(doublings) * machine.regionNanoseconds : 0
    }
    self.threads = threads
    serialNanoseconds = trace.serialNanoseconds
    workNanoseconds = work
    imbalanceNanoseconds = max(0, spans - work)
    barrierNanoseconds = barriers
    let withoutMemory = serialNanoseconds + max(work, spans) + barriers
    memoryNanoseconds = machine.bandwidth.map { max(0, bytes / $0 - withoutMemory) } ?? 0
    efficiency = (alone ?? trace.totalNanoseconds) / (Double(threads) * (withoutMemory + memoryNanoseconds))
  }

  /// When the last of `threads` workers is done with the tasks, which take what is given.
  static func span(of tasks: [Double], threads: Int) -> Double {
    guard threads > 1 else { return tasks.reduce(0, +) }
    var next = (0..<threads).map { tasks.count * $0 / threads }
    let ends = (0..<threads).map { tasks.count * ($0 + 1) / threads }
    // By the time at which each worker is free.
    var free = (0..<threads).map { (time: 0.0, worker: $0, range: 0) }
    var last = 0.0
    while let worker = free.indices.min(by: { (free[$0].time, $0) < (free[$1].time, $1) }) {
      while free[worker].range < threads {
        let range = (free[worker].worker + free[worker].range) % threads
        if next[range] < ends[range] { break }
        free[worker].range += 1
      }
      guard free[worker].range < threads else {
        last = max(last, free[worker].time)
        free.remove(at: worker)
        continue
      }
      let range = (free[worker].worker + free[worker].range) % threads
      free[worker].time += tasks[next[range]]
      next[range] += 1
    }
    return last
  }
}
