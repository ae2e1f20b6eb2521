import Foundation
import Logging
import Records
import Synchronization
import Testing

@testable import bench

@Suite struct MessageTests {
  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
    func add(_ line: String) { all.withLock { $0.append(line) } }
    var taken: [String] { all.withLock { $0 } }
  }

  private func said(_ handler: @escaping (@escaping @Sendable (String) -> Void) -> any LogHandler) -> [String] {
    let lines = Lines()
    let log = Logger(label: "test") { _ in handler { lines.add($0) } }
    let metadata: Logger.Metadata = [
      "event": "epoch_finished", "top1": .stringConvertible(LoggedValue(.number(45.5))),
      "run": .stringConvertible(LoggedValue(.text("a \"b\""))), "loss": .stringConvertible(LoggedValue(.number(.nan))),
    ]
    log.debug("begins")
    log.info("epoch 1", metadata: metadata)
    log.warning("slow")
    log.error("broken")
    return lines.taken
  }

  @Test func forPeopleAMessageIsALine() {
    #expect(
      said { TextLogHandler(isQuiet: false, write: $0) } == ["epoch 1\n", "Warning: slow\n", "Error: broken\n"])
    #expect(said { TextLogHandler(isQuiet: true, write: $0) } == ["Warning: slow\n", "Error: broken\n"])
  }

  @Test func forProgramsAMessageIsAnObject() throws {
    let now: @Sendable () -> Date = { Date(timeIntervalSince1970: 0.25) }
    let lines = said { JSONLogHandler(isQuiet: false, now: now, write: $0) }
    #expect(lines.count == 4 && lines.allSatisfy { $0.hasSuffix("\n") && $0.count { $0 == "\n" } == 1 })
    #expect(
      lines[1] == """
        {"event":"epoch_finished","fields":{"loss":"nan","run":"a \\"b\\"","top1":45.5},"level":"info","message":"epoch 1",\
        "time":"1970-01-01T00:00:00.250Z"}

        """)
    #expect(lines[3].contains("\"event\":\"note\"") && lines[3].contains("\"level\":\"error\""))
    #expect(said { JSONLogHandler(isQuiet: true, write: $0) }.count == 2)
  }

  @Test func theFormIsReadBeforeTheParser() {
    #expect(Messages.choice(in: ["ablation", "--log-format", "json"]).format == .json)
    #expect(Messages.choice(in: ["ablation", "--log-format=json", "--quiet"]) == (.json, true))
    // Options from a file come first, and the last one counts.
    #expect(Messages.choice(in: ["ablation", "--log-format=json", "--log-format", "text"]).format == .text)
    #expect(
      Messages.choice(in: ["--log-format"]) == (.text, false)
        && Messages.choice(in: ["--log-format", "x"]).format == .text)
  }
}
