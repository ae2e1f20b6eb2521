import Foundation
@testable import Records
import Synchronization
import TestSupport
import Testing

/// Commands that add cells to one folder concurrently.
@Suite struct DivisionTests {
  private let folder: TemporaryFolder
  private var url: URL { folder.url.appendingPathComponent("divided") }
  /// Divisions with one cell each.
  private let divisions: [Division]

  init() throws {
    folder = try TemporaryFolder()
    let recipe = ResolvedRecipe(
      dataset: .init(name: "birdlets", version: "2", classes: ["wren", "crow"]), recipe: "quick", recipeVersion: 1,
      overrides: [:], initialWeights: nil, values: [:])
    divisions = (0..<8).map { number in
      Division([.init(key: "cell\(number)", runID: "\(number)", arguments: [])], recipe: recipe, configuration: "")
    }
  }

  private static func add(_ division: Division, to url: URL, before: @escaping () -> Void = {}) throws {
    _ = try DividedFolder(at: url, for: division) { division in
      before()
      return division.cells.map(\.key).joined(separator: "\n")
    }
  }

  private func check(_ added: ArraySlice<Division>) throws {
    let divided = try DividedFolder(reading: url)
    let keys = divided.division.cells.map(\.key)
    #expect(keys.sorted() == added.map(\.cells[0].key))
    #expect(try String(contentsOf: divided.script, encoding: .utf8) == keys.joined(separator: "\n"))
  }

  @Test func aListThatLeadsElsewhereIsRefused() throws {
    try Self.add(divisions[0], to: url)
    let file = url.appendingPathComponent("cells.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    for name in ["../away", ".hidden", ""] {
      try Data(text.replacing("cell0", with: name).utf8).write(to: file)
      for open in [{ _ = try DividedFolder(reading: url) }, { try Self.add(divisions[1], to: url) }] {
        #expect(throws: RecordsError.self) { try open() }
      }
    }
  }

  /// Nodes may lack git, and the checkout may change between the submission and a task.
  @Test func theProgramIsItsFile() throws {
    try Self.add(divisions[0], to: url)
    let file = url.appendingPathComponent("cells.json")
    let commit = RunEnvironment.Commit(hash: "0123", dirty: false)
    func change(_ key: String, to value: Any) throws {
      var list = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
      list[key] = value
      try JSONSerialization.data(withJSONObject: list).write(to: file)
    }
    try change("commit", to: ["hash": commit.hash, "dirty": commit.dirty] as [String: Any])
    let cell = url.appendingPathComponent("cells/cell0", isDirectory: true)
    #expect(RunEnvironment.Commit.current(writingTo: cell) == commit)
    #expect(RunEnvironment.Commit.current(writingTo: url) == .current)
    try Self.add(divisions[1], to: url)
    #expect(try DividedFolder(reading: url).division.commit == commit)
    try change("program", to: "another")
    #expect(RunEnvironment.Commit.current(writingTo: cell) == .current)
    #expect(throws: RecordsError.self) { try Self.add(divisions[2], to: url) }
  }

  @Test func noneIsLost() throws {
    let (url, divisions) = (url, divisions)
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: divisions.count) { number in
      do { try Self.add(divisions[number], to: url) } catch { failures.withLock { $0.append("\(error)") } }
    }
    #expect(failures.withLock { $0 } == [])
    try check(divisions[...])
  }

  @Test func oneWaitsForTheOther() throws {
    let (url, second) = (url, divisions[1])
    let other = DispatchGroup()
    // The first is held up between its list and its script.
    try Self.add(divisions[0], to: url) {
      other.enter()
      Thread.detachNewThread {
        do { try Self.add(second, to: url) } catch { Issue.record(error) }
        other.leave()
      }
      #expect(other.wait(timeout: .now() + 0.3) == .timedOut)
    }
    other.wait()
    try check(divisions[..<2])
  }
}
