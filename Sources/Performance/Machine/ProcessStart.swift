import Foundation

/// When this process began.
enum ProcessStart {
  /// Nanoseconds since the process was started, to 10 ms; nil where the system does not say.
  static var elapsedNanoseconds: Int? {
    var now = timespec()
    guard let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
      let ticks = startTicks(inStat: stat), clock_gettime(CLOCK_BOOTTIME, &now) == 0
    else { return nil }
    let nanosecondsPerTick = 1_000_000_000 / max(1, sysconf(Int32(_SC_CLK_TCK)))
    return max(0, now.tv_sec * 1_000_000_000 + now.tv_nsec - ticks * nanosecondsPerTick)
  }

  /// Field 22 of the text of /proc/PID/stat: ticks from the system's start to the process's.
  static func startTicks(inStat stat: String) -> Int? {
    // The second field, the name in parentheses, may hold anything.
    guard let name = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: name)...].split(whereSeparator: \.isWhitespace)
    return fields.count > 19 ? Int(fields[19]) : nil
  }
}
