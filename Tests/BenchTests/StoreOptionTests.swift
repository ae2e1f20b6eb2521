import ArgumentParser
import DatasetStore
import Datasets
import Testing

@testable import bench

@Suite struct StoreOptionTests {
  @Test(arguments: [
    ("2GB", 2_000_000_000), ("1.5gb", 1_500_000_000), ("1GiB", 1 << 30), ("500MB", 500_000_000), ("64MiB", 64 << 20),
  ])
  func amountsOfMemory(_ text: String, _ bytes: Int) { #expect(ByteCount(argument: text)?.bytes == bytes) }

  @Test(arguments: ["", "2", "GB", "-1GB", "0MB", "nanGB", "infGB", "1e20GB", "2 GB x"])
  func otherAmountsAreRefused(_ text: String) { #expect(ByteCount(argument: text) == nil) }

  @Test func theLockHasWhatTheCatalogueNames() throws {
    let lock = try Lock.embedded()
    #expect(Set(Dataset.all.compactMap(\.lockName)) == Set(lock.datasets.map(\.name)))
  }

  @Test func consentIsAskedForOnATerminalOnly() throws {
    let store = Store(folder: "/nowhere", lock: try .embedded())
    let cub = try store.lock.item(.datasets, "cub")
    var said = ""
    func consent(_ answer: String?, terminal: Bool, given: Bool = false) -> Consent {
      Consent(isGiven: given, isTerminal: terminal, answer: { answer }, say: { said += $0 })
    }
    try consent("y", terminal: true).ask(toFetch: cub, store)
    #expect(said.contains("1.15 GB") && said.contains("CUB-200-2011") && said.contains("Terms"))
    try consent(nil, terminal: false, given: true).ask(toFetch: cub, store)
    for (answer, terminal) in [("n", true), ("", true), (nil, true), ("y", false)] as [(String?, Bool)] {
      let error = #expect(throws: StoreError.self) { try consent(answer, terminal: terminal).ask(toFetch: cub, store) }
      #expect(error?.fault == .usage && error?.description.contains("bench data fetch cub") == true)
      #expect(!consent("n", terminal: terminal).ask(toRemove: cub, store))
    }
  }

  private func shown(isTerminal: Bool, _ events: [(Double, StoreEvent)]) -> [String] {
    var (time, lines) = (0.0, [String]())
    let progress = StoreProgress(
      display: ProgressLine(
        isTerminal: isTerminal, width: { 80 }, now: { time }, write: { lines.append($0) },
        say: { text, _ in lines.append(text + "\n") }))
    for event in events {
      time = event.0
      progress.show(event.1)
    }
    return lines
  }

  private let events: [(Double, StoreEvent)] = [
    (0, .connecting(file: "a.tgz", address: "https://x/a.tgz", from: 20_000_000)),
    (10, .received(file: "a.tgz", bytes: 40_000_000, of: 100_000_000)),
    (10, .received(file: "a.tgz", bytes: 41_000_000, of: 100_000_000)),
    (30, .received(file: "a.tgz", bytes: 100_000_000, of: 100_000_000)),
  ]

  @Test func elsewhereATenthIsALine() {
    #expect(
      shown(isTerminal: false, events) == [
        "Fetching https://x/a.tgz, resuming after 20.0 MB\n",
        "a.tgz: 40 %, 40.0 MB of 100 MB, 2.00 MB/s, 30 s left\n", "a.tgz: 100 %, 100 MB of 100 MB, 2.67 MB/s\n",
      ])
  }

  @Test func onATerminalABarChanges() {
    let lines = shown(isTerminal: true, events)
    #expect(lines.contains("\r\u{1B}[K[########------------] a.tgz: 40.0 MB of 100 MB, 2.00 MB/s, 30 s left"))
  }

  @Test func faultsHaveTheirCodes() {
    #expect(ExitCode(for: StoreError.cannotFetch(file: "a", attempts: [])) == .unavailable)
    #expect(ExitCode(for: StoreError.noSpace(path: "a", needed: 1, free: 0)) == .cannotWrite)
    #expect(ExitCode(for: StoreError.declined(kind: .datasets, name: "a", size: "b")) == .usage)
    #expect(ExitCode(for: StoreError.damagedArchive(path: "a", reason: "b")) == .data)
    #expect([129, 130, 143].contains(ExitCode(for: StoreError.interrupted(kept: nil))?.rawValue))
  }
}
