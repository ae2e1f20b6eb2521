import Glibc
import Synchronization

/// An injected system failure, for testing how files survive it; all writes to files pass through here.
///
/// Written as in the environment variable S3N_FAULT: with `write:3:ENOSPC` the third write fails, with
/// `write:3+:ENOSPC` so do all later ones, `write:3:short` cuts it short, and `write:3:KILL` ends the process as kill
/// -9 does, with half of the bytes written.
public final class Fault: Sendable {
  /// A kind of system call.
  public enum Call: String, Sendable, CaseIterable { case open, read, write, fsync, rename, truncate, mkdir }

  private let call: Call
  private let number: Int
  private let isLasting: Bool
  private let effect: Effect
  private let seen = Atomic<Int>(0)

  /// Parses a fault; nil if the text is invalid.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let call = Call(rawValue: String(parts[0])),
      let number = Int(parts[1].hasSuffix("+") ? parts[1].dropLast() : parts[1]), number > 0
    else { return nil }
    guard let effect = Effect(String(parts[2])) else { return nil }
    self.effect = effect
    self.call = call
    self.number = number
    isLasting = parts[1].hasSuffix("+")
  }

  /// The fault in force: the environment's, or one that a test sets.
  @TaskLocal public static var current = environmentVariable(variable).flatMap(Fault.init)
  public static let variable = "S3N_FAULT"

  enum Effect {
    /// The call fails with this `errno`.
    case fails(Int32)
    /// The call does only a part of its work.
    case isCutShort
    /// The process is killed during the call.
    case kills

    private static let errors = [
      "EIO": EIO, "ENOSPC": ENOSPC, "EDQUOT": EDQUOT, "EINTR": EINTR, "EACCES": EACCES, "EROFS": EROFS,
      "EMFILE": EMFILE,
    ]

    init?(_ name: String) {
      switch name {
      case "short": self = .isCutShort
      case "KILL": self = .kills
      default:
        guard let error = Self.errors[name] else { return nil }
        self = .fails(error)
      }
    }
  }

  /// The effect on the next call of this kind.
  static func next(_ call: Call) -> Effect? {
    guard let fault = current, fault.call == call else { return nil }
    let count = fault.seen.add(1, ordering: .relaxed).newValue
    return count == fault.number || fault.isLasting && count > fault.number ? fault.effect : nil
  }
}
