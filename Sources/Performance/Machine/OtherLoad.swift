import Foundation

/// The CPU load of others during a measurement.
///
/// Others are other processes and, in a virtual machine, other guests (stolen time): the busy time of the CPUs that
/// this process may run on, minus the time that this process used.
public struct OtherLoad: Equatable, Sendable {
  /// The average number of CPUs that others kept busy: 0.5 is half of one CPU.
  public var cpus: Double
  /// The time over which the load is averaged.
  public var seconds: Double

  /// If others kept more CPUs than this busy, a measurement is not final.
  public static let allowedCPUs = 0.05
  /// The largest error, in CPU seconds: the system counts in 10 ms ticks, separately for each CPU and for this process.
  static let rounding = 0.03

  /// Whether others disturbed the measurement.
  public var isBusy: Bool { cpus * seconds > Self.allowedCPUs * seconds + Self.rounding }

  /// Whether others disturbed it, or might have: in so short a time, a whole busy CPU is within the rounding error.
  public var mayBeBusy: Bool { isBusy || seconds < 2 * Self.rounding && cpus > Self.allowedCPUs }

  /// Runs `body` and measures the load of others meanwhile; nil where the system does not report it (no /proc/stat).
  public static func during<R, E>(_ body: () throws(E) -> R) throws(E) -> (result: R, load: OtherLoad?) {
    let before = CPUTimes.now
    let result = try body()
    guard let before, let after = CPUTimes.now else { return (result, nil) }
    return (result, OtherLoad(from: before, to: after))
  }

  init(cpus: Double, seconds: Double) {
    self.cpus = cpus
    self.seconds = seconds
  }

  init(from before: CPUTimes, to after: CPUTimes) {
    seconds = max(after.clock - before.clock, 1e-9)
    cpus = max(0, (after.busy - before.busy) - (after.own - before.own)) / seconds
  }
}

/// CPU time in seconds at one moment: of all processes on the CPUs available to this process, and of this process.
struct CPUTimes: Equatable {
  var clock: Double
  var busy: Double
  var own: Double

  static var now: CPUTimes? {
    guard let stat = try? String(contentsOfFile: "/proc/stat", encoding: .utf8),
      let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let ticks = busyTicks(inStat: stat, cpus: allowedCPUs(inStatus: status))
    else { return nil }
    var usage = rusage()
    guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return nil }
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + 1e-6 * Double(time.tv_usec) }
    return CPUTimes(
      clock: ProcessInfo.processInfo.systemUptime, busy: Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK))),
      own: seconds(usage.ru_utime) + seconds(usage.ru_stime))
  }

  /// Returns the non-idle ticks of the CPUs (all if nil) from the text of /proc/stat; nil if it lists none of them.
  static func busyTicks(inStat stat: String, cpus: Set<Int>?) -> Int? {
    var sum: Int?
    for line in stat.split(separator: "\n") where line.hasPrefix("cpu") {
      let fields = line.split(separator: " ")
      guard let cpu = Int(fields[0].dropFirst(3)), cpus?.contains(cpu) ?? true else { continue }
      let times = fields.dropFirst().map { Int($0) ?? 0 }
      guard times.count >= 8 else { continue }
      // user, nice, system, idle, iowait, irq, softirq, steal; guest time is part of user.
      sum = (sum ?? 0) + times[0] + times[1] + times[2] + times[5] + times[6] + times[7]
    }
    return sum
  }

  /// Returns the CPUs in Cpus_allowed_list in the text of /proc/PID/status, such as 0-3,8; nil if there are none.
  static func allowedCPUs(inStatus status: String) -> Set<Int>? {
    for line in status.split(separator: "\n") where line.hasPrefix("Cpus_allowed_list:") {
      let list = line.split(whereSeparator: { ": \t".contains($0) }).last ?? ""
      let ranges = list.split(separator: ",").compactMap { part -> ClosedRange<Int>? in
        let ends = part.split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, first <= last else { return nil }
        return first...last
      }
      return ranges.isEmpty ? nil : Set(ranges.joined())
    }
    return nil
  }
}
