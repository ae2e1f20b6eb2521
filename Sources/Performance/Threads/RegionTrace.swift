import CKernels

/// What a piece of work consists of on one thread: its parallel regions, each with the time of each task, and the rest.
public struct RegionTrace: Equatable, Sendable {
  /// The tasks' times of each region, in the order in which they ran, in nanoseconds of CPU time.
  public var regions: [[Double]] = []
  /// What lies between the regions, in nanoseconds.
  public var serialNanoseconds = 0.0

  /// All of it, as one thread takes it.
  public var totalNanoseconds: Double { serialNanoseconds + regions.joined().reduce(0, +) }

  public init() {}

  /// Runs `work` on the calling thread alone and notes the regions that it opens there.
  ///
  /// CPU time is counted and not the clock's, so that others on the machine do not lengthen a task. Work is cut as for
  /// `threads`, which need not be there; as for those that there are if it is nil.
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

  /// The same work recorded again and again, each task as fast as it ever was: others on the machine, which share its caches and
  /// memory, only lengthen it. Where the tasks are not the same each time, the shortest record as it is.
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
    /// Nanoseconds that taking notes took.
    var ownTime: UInt64 = 0

    func note(_ clock: UnsafeBufferPointer<UInt64>) {
      regions.append(zip(clock.dropFirst(), clock).map { Double($0 - $1) })
      if let end = clock.last { ownTime += s3n_thread_clock() - end }
    }
  }
}
