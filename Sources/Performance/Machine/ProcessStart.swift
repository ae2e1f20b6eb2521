import Foundation

/// The start time of this process.
enum ProcessStart {
  /// Nanoseconds since this process started, with a resolution of 10 ms; nil where the system does not report it.
  static var elapsedNanoseconds: Int? {
    var now = timespec()
    guard let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
      let ticks = startTicks(inStat: stat), clock_gettime(CLOCK_BOOTTIME, &now) == 0
    else { return nil }
    let nanosecondsPerTick = 1_000_000_000 / max(1, sysconf(Int32(_SC_CLK_TCK)))
    return max(0, now.tv_sec * 1_000_000_000 + now.tv_nsec - ticks * nanosecondsPerTick)
  }

  /// Returns field 22 of the text of /proc/PID/stat: ticks between boot and the start of the process.
  static func startTicks(inStat stat: String) -> Int? {
    // The second field, the command name in parentheses, may contain any characters.
    guard let name = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: name)...].split(whereSeparator: \.isWhitespace)
    return fields.count > 19 ? Int(fields[19]) : nil
  }
}
