import Foundation

/// How much of the CPUs others used while we measured.
///
/// Other processes and, in a virtual machine, other guests (stolen time): what was busy on the CPUs that this process
/// may run on, less what this process used itself.
public struct OtherLoad: Equatable, Sendable {
  /// CPUs that others kept busy, on average: 0.5 is half of one CPU.
  public var cpus: Double
  /// The time that the average is over.
  public var seconds: Double

  /// Above this many CPUs a figure is not final.
  public static let allowedCPUs = 0.05
  /// The system counts in ticks of 10 ms, a CPU's and ours apart: what that may be off by, in CPU seconds.
  static let rounding = 0.03

  /// Whether others were in the way.
  public var isBusy: Bool { cpus * seconds > Self.allowedCPUs * seconds + Self.rounding }

  /// Whether others were, or might have been: in so short a time a whole CPU of theirs is no more than the rounding.
  public var mayBeBusy: Bool { isBusy || seconds < 2 * Self.rounding && cpus > Self.allowedCPUs }

  /// Runs `body` and says what others did meanwhile; nil where the system does not say (no /proc/stat).
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

/// Seconds of CPU time at one moment: of everybody on the CPUs that we may use, and our own.
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

  /// The ticks that the CPUs (all for nil) were not idle, from the text of /proc/stat; nil where it is none.
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

  /// The CPUs of Cpus_allowed_list in the text of /proc/PID/status, such as 0-3,8; nil where it says nothing.
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
