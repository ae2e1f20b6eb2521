import Foundation
import Testing

/// After kill -9 at any moment and the same command again, every file except times equals that of an undisturbed run.
@Suite(.serialized, .enabled(if: Program.path != nil, "the program is not built")) struct KillTests {
  /// 10 by default; `Scripts/kill-tests` sets more.
  private static let wanted = ProcessInfo.processInfo.environment["S3N_KILLS"].flatMap(Int.init) ?? 10

  @Test func aRunThatIsKilledAndGivenAgainWritesTheSameFiles() throws {
    let expected = try undisturbed.get()
    #expect(expected.contents.keys.contains("checkpoints/s3n-seed0-best.safetensors"))
    var kills = (atInstants: 0, inCalls: 0)
    var runs = 0
    while kills.atInstants + kills.inCalls < Self.wanted {
      let ablation = try ShortAblation()
      var isDone = false
      while !isDone {
        let kill = Kill.random(within: expected.seconds)
        let result = try ablation.run(fault: kill.fault, killedAfter: kill.seconds, threads: Int.random(in: 1...2))
        switch result.code {
        case 137 where kill.fault == nil: kills.atInstants += 1
        case 137: kills.inCalls += 1
        default:
          try #require(result.code == 0, "after \(kill): \(result)")
          isDone = true
        }
        #expect(
          !result.errors.contains("damaged") && !result.errors.contains("starts over"), "after \(kill): \(result)")
        if kills.atInstants + kills.inCalls == Self.wanted, !isDone {
          let last = try ablation.run()
          try #require(last.code == 0, "after \(kill): \(last)")
          isDone = true
        }
      }
      #expect(differences(try ablation.contents(), expected.contents) == [])
      runs += 1
    }
    print(
      "Killed \(kills.atInstants) times at random instants and \(kills.inCalls) times within a call of the system: "
        + "\(runs) runs were finished, all files as those of an undisturbed run.")
  }

  /// How a process is killed: after some time, or within one of its calls.
  private struct Kill {
    var seconds: Double?
    var fault: String?

    static func random(within seconds: Double) -> Kill {
      if Bool.random() { return Kill(seconds: Double.random(in: 0..<seconds)) }
      let calls = ["open", "write", "fsync", "rename", "truncate", "mkdir"]
      return Kill(fault: "\(calls[Int.random(in: 0..<calls.count)]):\(Int.random(in: 1...40)):KILL")
    }
  }
}
