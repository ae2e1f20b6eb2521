import Foundation
import Testing

/// Each call of the system fails in turn, in each way, once and for good.
@Suite(.serialized, .enabled(if: Program.path != nil, "the program is not built")) struct FaultyDiskTests {
  /// Every this many of them; `Scripts/fault-tests` asks for all, with 1.
  private static let stride = ProcessInfo.processInfo.environment["S3N_FAULTS_EVERY"].flatMap(Int.init) ?? 97

  private static let calls = ["open", "write", "fsync", "rename", "truncate", "mkdir"]
  private static let errors = ["EIO", "ENOSPC", "EDQUOT", "EINTR"]

  @Test func afterAnyFailureTheFilesAreWholeAndTheSameCommandFinishes() throws {
    let expected = try undisturbed.get().contents
    var faults: [String] = []
    for call in Self.calls {
      for number in 1...max(1, try count(of: call)) {
        for error in Self.errors + (call == "write" ? ["short"] : []) {
          faults += ["\(call):\(number):\(error)", "\(call):\(number)+:\(error)"]
        }
      }
    }
    let offset = Int.random(in: 0..<Self.stride)
    let chosen = faults.enumerated().filter { $0.offset % Self.stride == offset % min(Self.stride, faults.count) }.map(
      \.element)
    var codes: [Int32: Int] = [:]
    for fault in chosen {
      let ablation = try ShortAblation()
      let result = try ablation.run(fault: fault)
      codes[result.code, default: 0] += 1
      #expect(result.code == 0 || result.code == 73, "\(fault): \(result)")
      if result.code != 0 {
        #expect(mayFail(fault), "\(fault): \(result)")
        #expect(
          reasons.contains(where: result.errors.contains) && result.errors.contains("/out"), "\(fault): \(result)")
      }
      let again = try ablation.run()
      #expect(again.code == 0 && !again.errors.contains("not whole"), "after \(fault): \(again)")
      #expect(differences(try ablation.contents(), expected) == [], "after \(fault): \(result) \(again)")
    }
    print(
      "\(chosen.count) of \(faults.count) failures: exit code 73 after \(codes[73] ?? 0), 0 after \(codes[0] ?? 0); "
        + "the same command finished all, with the files of an undisturbed run.")
  }

  private let reasons = [
    "input/output error", "no space left on device", "disk quota exceeded", "interrupted system call",
  ]

  /// A call that is interrupted or cut short is made again.
  private func mayFail(_ fault: String) -> Bool {
    !fault.hasSuffix("short") && (!fault.hasSuffix("EINTR") || fault.contains("+"))
  }

  /// How often the program makes a call: as soon as all from one number on may fail without harm, there is none with it.
  private func count(of call: String) throws -> Int {
    var (low, high) = (0, 256)
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
