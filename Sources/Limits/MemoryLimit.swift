import Foundation

/// The most memory that this process may use, and the source of this limit.
public struct MemoryLimit: Equatable, Sendable, CustomStringConvertible {
  /// The source of a limit, as the subject of a sentence.
  public enum Source: String, Sendable {
    case machine = "this machine has"
    case controlGroup = "its control group leaves"
    case addressSpace = "ulimit -v leaves"
    case dataSegment = "ulimit -d leaves"
  }

  public let bytes: Int
  public let source: Source

  public init(bytes: Int, source: Source = .machine) {
    self.bytes = bytes
    self.source = source
  }

  /// "this machine has 23.5 GiB".
  public var description: String { "\(source.rawValue) \(gibibytes(bytes))" }

  /// The lowest of all limits in force.
  public static var current: MemoryLimit { inForce(ControlGroups()) }

  static func inForce(_ groups: ControlGroups) -> MemoryLimit {
    let limits = [
      MemoryLimit(bytes: Int(clamping: ProcessInfo.processInfo.physicalMemory), source: .machine),
      lowest(of: groups).map { MemoryLimit(bytes: max(0, $0.bytes - program), source: .controlGroup) },
      left(of: RLIMIT_AS, taken: "VmSize").map { MemoryLimit(bytes: $0, source: .addressSpace) },
      left(of: RLIMIT_DATA, taken: "VmData").map { MemoryLimit(bytes: $0, source: .dataSegment) },
    ]
    return limits.compactMap { $0 }.min { $0.bytes < $1.bytes } ?? MemoryLimit(bytes: .max)
  }

  static func lowest(of groups: ControlGroups) -> MemoryLimit? {
    // No limit is "max" or a number beyond any memory size.
    groups.values("memory", first: "memory.limit_in_bytes", second: "memory.max").compactMap { Int($0) }
      .filter { $0 < 1 << 60 }.min().map { MemoryLimit(bytes: $0, source: .controlGroup) }
  }

  /// The program's memory besides tensors and images: measured, 35 MB. It counts, as a control group kills a process
  /// beyond its limit without warning.
  private static let program = 48 << 20

  /// Address space besides tensors and images, both fixed and per thread: OpenBLAS's buffer, stacks, the libraries' own
  /// arenas.
  private static let reserved = 256 << 20

  private static func left(of limit: __rlimit_resource, taken: String) -> Int? {
    var value = rlimit()
    guard getrlimit(__rlimit_resource_t(limit.rawValue), &value) == 0, value.rlim_cur < 1 << 60 else { return nil }
    return max(0, Int(value.rlim_cur) - (statusBytes(taken) ?? 0) - reserved)
  }

  /// A value in /proc/self/status, converted from kB to bytes.
  private static func statusBytes(_ name: String) -> Int? {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
    return line?.split(whereSeparator: { " \t".contains($0) }).dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
  }
}

/// Bytes for messages: "1.5 GiB", "300 MiB".
public func gibibytes(_ bytes: Int) -> String {
  guard bytes >= 1 << 30 else { return "\(bytes >> 20) MiB" }
  return String(format: "%.1f GiB", Double(bytes) / Double(1 << 30))
}
