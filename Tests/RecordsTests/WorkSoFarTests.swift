import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct WorkSoFarTests {
  private struct Finding: Codable, Equatable { let values: [Double?] }
  private let finding = Finding(values: [0.1, nil, 1.0 / 3, -.leastNonzeroMagnitude])

  /// Returns what asking a second time finds, and how often that took new work.
  private func asked(
    _ questions: [String], of table: URL, meanwhile: (URL) throws -> Void = { _ in }
  ) throws -> (found: [Finding], worked: Int) {
    _ = try WorkSoFar(before: table).answer(to: ["s3n-seed0", "none"]) { finding }
    try meanwhile(table.deletingLastPathComponent())
    var worked = 0
    let found = try questions.map { question in
      try WorkSoFar(before: table).answer(to: ["s3n-seed0", question]) {
        worked += 1
        return Finding(values: [Double(worked)])
      }
    }
    return (found, worked)
  }

  @Test func whatWasFoundIsNotFoundAgain() throws {
    let folder = try TemporaryFolder()
    let table = folder.url.appendingPathComponent("table.csv")
    let (found, worked) = try asked(["none", "random", "none", "random"], of: table)
    #expect(found == [finding, Finding(values: [1]), finding, Finding(values: [1])] && worked == 1)
  }

  @Test func questionsAreToldApartByEachOfTheirParts() throws {
    let folder = try TemporaryFolder()
    let work = try WorkSoFar(before: folder.url.appendingPathComponent("table.csv"))
    for (number, question) in [["ab", "c"], ["a", "bc"], ["abc"], ["ab", "c", ""]].enumerated() {
      #expect(try work.answer(to: question) { number } == number)
    }
  }

  @Test func anAnswerThatIsNotWholeIsFoundAgain() throws {
    let folder = try TemporaryFolder()
    let table = folder.url.appendingPathComponent("table.csv")
    let (found, worked) = try asked(["none"], of: table) { folder in
      let kept = folder.appendingPathComponent(".table.csv.unfinished")
      for name in try FileManager.default.contentsOfDirectory(atPath: kept.path) {
        try Data("{\"values\": [0.1,".utf8).write(to: kept.appendingPathComponent(name))
      }
    }
    #expect(found == [Finding(values: [1])] && worked == 1)
  }

  @Test func nothingIsLeftOnceTheTableTellsIt() throws {
    let folder = try TemporaryFolder()
    let work = try WorkSoFar(before: folder.url.appendingPathComponent("table.csv"))
    #expect(try work.answer(to: ["none"]) { 1 } == 1)
    #expect(try folder.contents() == [".table.csv.unfinished"])
    work.remove()
    #expect(try folder.contents() == [])
    #expect(try work.answer(to: ["none"]) { 2 } == 2)
  }

  @Test func anAnswerThatCannotBeKeptIsAnError() throws {
    let folder = try TemporaryFolder()
    try folder.write("no folder", to: ".table.csv.unfinished")
    let work = try WorkSoFar(before: folder.url.appendingPathComponent("table.csv"))
    #expect(throws: RecordsError.self) { try work.answer(to: ["none"]) { 1 } }
  }
}
