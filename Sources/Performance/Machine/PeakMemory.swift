import Foundation
import Tensors

/// The most memory that was held at once.
public struct PeakMemory: Equatable, Sendable {
  /// By tensors.
  public var tensorBytes: Int
  /// By the whole process, resident (VmHWM); nil where the system does not say.
  public var residentBytes: Int?

  /// Starts a new measurement; where the system does not allow that, the process's peak goes on from its start.
  public static func reset() {
    StoragePool.shared.resetPeak()
    // 5 resets the peak resident size: proc(5), /proc/PID/clear_refs.
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
    try? file.write(contentsOf: Data("5\n".utf8))
    try? file.close()
  }

  /// The peaks since `reset()`.
  public static var current: PeakMemory {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    return PeakMemory(
      tensorBytes: StoragePool.shared.usage.peakBytes, residentBytes: residentPeak(inStatus: status))
  }

  /// VmHWM of the text of /proc/PID/status, in bytes.
  static func residentPeak(inStatus status: String) -> Int? {
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return line.split(whereSeparator: { " \t".contains($0) }).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
    return nil
  }
}
