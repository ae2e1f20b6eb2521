import Glibc
import Synchronization

/// A failure of the system that was asked for, to see what becomes of the files: every write to a file passes by here.
///
/// Written as in the environment variable S3N_FAULT: `write:3:ENOSPC` lets the third write fail, `write:3+:ENOSPC` that
/// and all later ones, and `write:3:short` cuts it short.
public final class Fault: Sendable {
  /// A kind of system call.
  public enum Call: String, Sendable, CaseIterable { case open, read, write, fsync, rename, truncate, mkdir }

  private let call: Call
  private let number: Int
  private let isLasting: Bool
  /// What `errno` says; nil for a call that does only a part of its work.
  private let error: Int32?
  private let seen = Atomic<Int>(0)

  /// The fault that a text names; nil if it names none.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let call = Call(rawValue: String(parts[0])),
      let number = Int(parts[1].hasSuffix("+") ? parts[1].dropLast() : parts[1]), number > 0
    else { return nil }
    if parts[2] == "short" {
      error = nil
    } else {
      guard let known = Self.errors[String(parts[2])] else { return nil }
      error = known
    }
    self.call = call
    self.number = number
    isLasting = parts[1].hasSuffix("+")
  }

  /// The one in force: that of the environment, or what a test has put in its place.
  @TaskLocal public static var current = environmentVariable(variable).flatMap(Fault.init)
  public static let variable = "S3N_FAULT"

  private static let errors = [
    "EIO": EIO, "ENOSPC": ENOSPC, "EDQUOT": EDQUOT, "EINTR": EINTR, "EACCES": EACCES, "EROFS": EROFS, "EMFILE": EMFILE,
  ]

  enum Effect { case fails, isCutShort }

  /// What happens to a call of this kind that is about to be made; `errno` is set if it fails.
  static func next(_ call: Call) -> Effect? {
    guard let fault = current, fault.call == call else { return nil }
    let count = fault.seen.add(1, ordering: .relaxed).newValue
    guard count == fault.number || fault.isLasting && count > fault.number else { return nil }
    guard let error = fault.error else { return .isCutShort }
    errno = error
    return .fails
  }
}
