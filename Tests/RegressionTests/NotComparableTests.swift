import Foundation
import Records
import Testing

@testable import Regression

/// Every reason why no verdict is given.
@Suite struct NotComparableTests {
  private let baseline = MadeUpRuns()
  private let now = MadeUpRuns()

  private func obstacle(_ change: (inout Tolerance) -> Void = { _ in }) throws -> NotComparable {
    var tolerance = Tolerance()
    change(&tolerance)
    return try #require(throws: NotComparable.self) {
      _ = try Gate(baseline: baseline.written(), now: now.written(), tolerance).report()
    }
  }

  @Test func anotherDataset() throws {
    now.recipe.dataset.name = "cub"
    #expect(try obstacle() == .otherDataset(baseline: "birdlets", now: "cub"))
  }

  @Test func anotherVersionOfTheDataset() throws {
    now.recipe.dataset.version = "3"
    #expect(try obstacle() == .otherDatasetVersion(dataset: "birdlets", baseline: "2", now: "3"))
    #expect(try obstacle().mayBeMeant)
  }

  @Test func anotherRecipe() throws {
    now.recipe.values["batch"] = JSONValue(8)
    #expect("\(try obstacle())".contains("values.batch is 16 in the baseline and 8 in this run"))
  }

  @Test func otherInitialWeights() throws {
    now.recipe.initialWeights = "other.safetensors:12345678"
    #expect("\(try obstacle())".contains("initial_weights is null in the baseline"))
  }

  @Test func anotherSeed() throws {
    for index in now.runs.indices where now.runs[index].seed == 1 { now.runs[index].seed = 2 }
    let seeds = [1, 2].map { seed in ["baseline", "s3n"].map { "birdlets-quick-\($0)-seed\(seed)" } }
    #expect(try obstacle() == .otherRuns(onlyBaseline: seeds[0], onlyNow: seeds[1]))
  }

  @Test func aRunLessAndARunMore() throws {
    let last = now.runs.removeLast()
    #expect(try obstacle() == .otherRuns(onlyBaseline: [last.id], onlyNow: []))
    (baseline.runs, now.runs) = (now.runs, baseline.runs)
    #expect(try obstacle() == .otherRuns(onlyBaseline: [], onlyNow: [last.id]))
  }

  @Test func otherImages() throws {
    now.images[7] = "test/other.jpg"
    #expect(
      try obstacle()
        == .otherImages(run: "birdlets-quick-baseline-seed0", difference: "test/7.jpg is only in the baseline"))
  }

  @Test func anotherMachineWhereTimesAreToBeGated() throws {
    now.environment.cpu.model = "another CPU"
    guard case .otherMachine(let differences) = try obstacle({ $0.latency = .gate }) else {
      Issue.record("no other machine")
      return
    }
    #expect(differences.map(\.name) == ["the CPU"])
  }

  @Test func noTimesWhereTheyAreToBeGated() throws {
    baseline.hasStages = false
    guard case .noTimes = try obstacle({ $0.latency = .gate }) else {
      Issue.record("there are times")
      return
    }
    let report = try Gate(baseline: baseline.written(), now: MadeUpRuns().written()).report()
    #expect(report.verdict == .same && report.notes.contains { $0.contains("no stages.csv") })
  }

  @Test(arguments: [RecordsFile.runs, .epochs, .predictions, .fingerprints, .stages, .memory, .environment, .recipe])
  func damage(file: RecordsFile) throws {
    let url = file.url(in: try now.write())
    try Data(contentsOf: url).dropLast(30).write(to: url)
    #expect(throws: NotComparable.self) { try RecordedRuns(reading: url.deletingLastPathComponent()) }
  }

  @Test func recordsThatContradictEachOther() throws {
    let url = RecordsFile.runs.url(in: try now.write())
    let text = try String(contentsOf: url, encoding: .utf8)
    try text.replacing("joint,top1,percent,80", with: "joint,top1,percent,81").write(
      to: url, atomically: true, encoding: .utf8)
    let error = #expect(throws: NotComparable.self) { try RecordedRuns(reading: url.deletingLastPathComponent()) }
    #expect(error.map { "\($0)".contains("as predictions.csv counts") } == true)
  }

  @Test func aFolderThatIsNone() {
    #expect(throws: NotComparable.self) { try RecordedRuns(reading: URL(fileURLWithPath: "/nowhere")) }
  }
}
