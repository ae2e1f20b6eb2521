/// A simulation of recorded work on more threads than the machine has, with what limits its scaling.
///
/// Regions are divided as `s3n_parallel` does: each worker starts with its own range and then takes tasks from the
/// others. A task is assumed to take as long on many threads as on one.
public struct ThreadSimulation: Equatable, Sendable {
  /// The overheads of running on several threads.
  public struct Machine: Equatable, Sendable {
    /// The cost, in nanoseconds, of an empty region of two threads; each doubling of the threads adds it again.
    public var regionNanoseconds: Double
    /// The memory bandwidth that all threads share, in bytes per nanosecond; nil for unlimited.
    public var bandwidth: Double?

    public init(regionNanoseconds: Double, bandwidth: Double? = nil) {
      (self.regionNanoseconds, self.bandwidth) = (regionNanoseconds, bandwidth)
    }
  }

  public let threads: Int
  /// The time between the regions, on one thread.
  public let serialNanoseconds: Double
  /// The time of the tasks, distributed evenly over the threads.
  public let workNanoseconds: Double
  /// The additional time of regions because tasks are indivisible.
  public let imbalanceNanoseconds: Double
  /// The time to open and close regions.
  public let barrierNanoseconds: Double
  /// The additional time because memory bandwidth limits the work.
  public let memoryNanoseconds: Double
  /// The speed-up over the same work as divided for one thread, relative to `threads`.
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

  /// Returns when the last of `threads` workers finishes the tasks, given the times of the tasks.
  static func span(of tasks: [Double], threads: Int) -> Double {
    guard threads > 1 else { return tasks.reduce(0, +) }
    var next = (0..<threads).map { tasks.count * $0 / threads }
    let ends = (0..<threads).map { tasks.count * ($0 + 1) / threads }
    // `time` is when the worker becomes free.
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
