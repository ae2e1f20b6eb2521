import Foundation
import Testing

/// System calls fail in every way, once and permanently.
@Suite(.serialized, .enabled(if: Program.path != nil, "the program is not built")) struct FaultyDiskTests {
  /// A few faults, chosen anew each time; `Scripts/fault-tests` asks for more.
  private static let wanted = ProcessInfo.processInfo.environment["S3N_FAULTS"].flatMap(Int.init) ?? 6

  private static let calls = ["open", "write", "fsync", "rename", "truncate", "mkdir"]

  /// The ways in which a call may fail; only a write can be cut short.
  private static func errors(of call: String) -> [String] {
    ["EIO", "ENOSPC", "EDQUOT", "EINTR"] + (call == "write" ? ["short"] : [])
  }

  @Test func afterAFailureTheFilesAreWholeAndTheSameCommandFinishes() throws {
    let expected = try undisturbed.get().contents
    let faults = try Self.wanted < 100 ? drawn(Self.wanted) : Array(all().shuffled().prefix(Self.wanted))
    var codes: [Int32: Int] = [:]
    for fault in faults {
      let ablation = try ShortAblation()
      let result = try ablation.run(fault: fault)
      codes[result.code, default: 0] += 1
      #expect(result.code == 0 || result.code == 73 && mayFail(fault) && isNamed(result.errors), "\(fault): \(result)")
      let again = try ablation.run()
      #expect(again.code == 0 && !again.errors.contains("damaged"), "after \(fault): \(again)")
      #expect(differences(try ablation.contents(), expected) == [], "after \(fault): \(result) \(again)")
    }
    print(
      "\(faults.count) failures: exit code 73 after \(codes[73] ?? 0), 0 after \(codes[0] ?? 0); the same command finished "
        + "all, with the files of an undisturbed run.")
  }

  /// Whether the program may fail: a call that was interrupted or cut short is repeated.
  private func mayFail(_ fault: String) -> Bool {
    !fault.hasSuffix("short") && (!fault.hasSuffix("EINTR") || fault.contains("+"))
  }

  /// Whether the error names the path and the reason.
  private func isNamed(_ errors: String) -> Bool {
    errors.contains("/out")
      && ["input/output error", "no space left on device", "disk quota exceeded", "interrupted system call"].contains(
        where: errors.contains)
  }

  private func drawn(_ count: Int) -> [String] {
    (0..<count).map { _ in
      let (call, number) = (Self.calls.randomElement() ?? "open", Int.random(in: 1...60))
      return "\(call):\(number)\(Bool.random() ? "+" : ""):\(Self.errors(of: call).randomElement() ?? "EIO")"
    }
  }

  /// Every call that the program makes, failing in every way.
  private func all() throws -> [String] {
    try Self.calls.flatMap { call in
      (0..<(try count(of: call))).flatMap { number in
        Self.errors(of: call).flatMap { ["\(call):\(number + 1):\($0)", "\(call):\(number + 1)+:\($0)"] }
      }
    }
  }

  /// How often the program makes a call: faults from call n on do no harm if there are fewer than n calls.
  private func count(of call: String) throws -> Int {
    var (low, high) = (0, 4096)
    while low < high {
      let middle = (low + high) / 2
      if try ShortAblation().run(fault: "\(call):\(middle + 1)+:EIO").code == 0 {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }
}
