import CKernels

/// A recording of work on one thread: its parallel regions, with the time of each task, and the serial rest.
public struct RegionTrace: Equatable, Sendable {
  /// The CPU times, in nanoseconds, of each region's tasks, in the order in which they ran.
  public var regions: [[Double]] = []
  /// The time between the regions, in nanoseconds.
  public var serialNanoseconds = 0.0

  /// The total time on one thread.
  public var totalNanoseconds: Double { serialNanoseconds + regions.joined().reduce(0, +) }

  public init() {}

  /// Runs `work` on the calling thread alone and records the regions that it opens there.
  ///
  /// Records CPU time instead of wall time, so that others on the machine do not lengthen a task. The work is divided
  /// as for `threads` threads, which need not exist; if nil, as for the current number of threads.
  public init(cutFor threads: Int? = nil, of work: () throws -> Void) rethrows {
    let recorder = Recorder()
    s3n_record_regions(
      { context, clock, tasks in
        guard let context, let clock else { return }
        let recorder = Unmanaged<Recorder>.fromOpaque(context).takeUnretainedValue()
        recorder.note(UnsafeBufferPointer(start: clock, count: tasks + 1))
      }, Unmanaged.passUnretained(recorder).toOpaque(), threads ?? 0)
    defer { s3n_record_regions(nil, nil, 0) }
    let start = s3n_thread_clock()
    try work()
    let total = Double(s3n_thread_clock() - start - recorder.ownTime)
    regions = recorder.regions
    serialNanoseconds = max(0, total - regions.joined().reduce(0, +))
  }

  /// Combines repeated records of the same work, taking each task's shortest time: others on the machine, which share
  /// its caches and memory, can only lengthen it. If the tasks differ, takes the shortest record as it is.
  public init(shortestOf records: [RegionTrace]) {
    self = records.min { $0.totalNanoseconds < $1.totalNanoseconds } ?? RegionTrace()
    let counts = regions.map(\.count)
    guard records.allSatisfy({ $0.regions.map(\.count) == counts }) else { return }
    for record in records {
      serialNanoseconds = min(serialNanoseconds, record.serialNanoseconds)
      for region in regions.indices {
        for task in regions[region].indices {
          regions[region][task] = min(regions[region][task], record.regions[region][task])
        }
      }
    }
  }

  private final class Recorder {
    var regions: [[Double]] = []
    /// Nanoseconds spent on recording.
    var ownTime: UInt64 = 0

    func note(_ clock: UnsafeBufferPointer<UInt64>) {
      regions.append(zip(clock.dropFirst(), clock).map { Double($0 - $1) })
      if let end = clock.last { ownTime += s3n_thread_clock() - end }
    }
  }
}
