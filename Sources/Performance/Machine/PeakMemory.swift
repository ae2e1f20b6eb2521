import Foundation
import Tensors

/// The peak memory use.
public struct PeakMemory: Equatable, Sendable {
  /// Peak of the tensors' memory.
  public var tensorBytes: Int
  /// Peak resident size of the process (VmHWM); nil where the system does not report it.
  public var residentBytes: Int?

  /// Starts a new measurement; where the system does not allow that, the process's peak still counts from its start.
  public static func reset() {
    StoragePool.shared.resetPeak()
    // Writing 5 resets the peak resident size: proc(5), /proc/PID/clear_refs.
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

  /// Returns VmHWM, in bytes, from the text of /proc/PID/status.
  static func residentPeak(inStatus status: String) -> Int? {
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return line.split(whereSeparator: { " \t".contains($0) }).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
    return nil
  }
}
