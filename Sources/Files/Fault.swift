import Glibc
import Synchronization

/// A failure of the system that was asked for, to see what becomes of the files: every write to a file passes by here.
///
/// Written as in the environment variable S3N_FAULT: `write:3:ENOSPC` lets the third write fail, `write:3+:ENOSPC` that
/// and all later ones, `write:3:short` cuts it short, and `write:3:KILL` ends the process as kill -9 does, with half of the
/// bytes written.
public final class Fault: Sendable {
  /// A kind of system call.
  public enum Call: String, Sendable, CaseIterable { case open, read, write, fsync, rename, truncate, mkdir }

  private let call: Call
  private let number: Int
  private let isLasting: Bool
  private let effect: Effect
  private let seen = Atomic<Int>(0)

  /// The fault that a text names; nil if it names none.
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

  /// The one in force: that of the environment, or what a test has put in its place.
  @TaskLocal public static var current = environmentVariable(variable).flatMap(Fault.init)
  public static let variable = "S3N_FAULT"

  enum Effect {
    /// It fails with this `errno`.
    case fails(Int32)
    /// It does only a part of its work.
    case isCutShort
    /// It is the last of the process, which does not live to see it end.
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

  /// What happens to a call of this kind that is about to be made.
  static func next(_ call: Call) -> Effect? {
    guard let fault = current, fault.call == call else { return nil }
    let count = fault.seen.add(1, ordering: .relaxed).newValue
    return count == fault.number || fault.isLasting && count > fault.number ? fault.effect : nil
  }
}
