import Foundation
import Records
import Testing

@testable import Regression

/// Every verdict, each caused by a fault planted in the records.
@Suite struct GateTests {
  private let baseline = MadeUpRuns()
  private let now = MadeUpRuns()

  private func report(_ change: (inout Tolerance) -> Void = { _ in }) throws -> GateReport {
    var tolerance = Tolerance()
    change(&tolerance)
    return try Gate(baseline: baseline.written(), now: now.written(), tolerance).report()
  }

  private func subjects(_ report: GateReport, _ outcome: Check.Outcome) -> [String] {
    report.checks.filter { $0.outcome == outcome }.map { "\($0.measure) \($0.subject)" }
  }

  @Test func equalRunsAreTheSame() throws {
    let report = try report()
    #expect(report.verdict == .same && report.notes == [])
    #expect(Set(report.checks.map(\.measure)) == [.accuracy, .weights, .latency, .memory, .allocations])
    #expect(report.checks.allSatisfy { $0.outcome == .same })
    // Three heads, four runs, and for two variants the whole step and the one stage that is not negligible.
    #expect(report.checks.count { $0.measure == .accuracy } == 3)
    #expect(report.checks.count { $0.measure == .weights } == 4)
    #expect(report.checks.count { $0.measure == .latency } == 4)
  }

  @Test func roundsThatDoNotComeOutAlikeAreARegression() throws {
    let (first, same) = (try now.written(), try now.written())
    now.runs[1].fingerprints[1] = "ff"
    let other = try now.written()
    let report = try Gate(baseline: [first, same], now: [first, same, other]).report()
    #expect(subjects(report, .regression) == ["weights birdlets-quick-s3n-seed0"])
    #expect(report.checks.first { $0.outcome == .regression }?.change == "other bits from epoch 2 on")
    // A difference between the baseline's own rounds is reported.
    let turned = try Gate(baseline: [first, other], now: [first, same]).report()
    #expect(turned.verdict == .same)
    let note = "The baseline's own rounds differ: birdlets-quick-s3n-seed0, round 2: other bits from epoch 2 on."
    #expect(turned.notes == [note])
  }

  @Test func roundsOfEqualWeightsAndOtherAnswersAreARegression() throws {
    let first = try now.written()
    now.runs[1].right[0].images = Set(10..<90)
    let report = try Gate(baseline: [first], now: [first, try now.written()]).report()
    #expect(report.checks.first { $0.outcome == .regression }?.change == "equal weights, other answers")
  }

  @Test func timesOnAnotherNumberOfRanksAreNotCompared() throws {
    now.environment.ranks = 2
    #expect(throws: NotComparable.self) { try report { $0.latency = .gate } }
  }

  /// A folder that several machines made, or one machine with several settings.
  @Test func everyCommandOfAFolderCounts() throws {
    var other = baseline.environment
    other.cpu.model = "another CPU"
    baseline.earlierEnvironments = [other]
    #expect(throws: NotComparable.self) { try report { $0.latency = .gate } }
    #expect(try report().notes.contains { $0.contains("Times are not gated") && $0.contains("another CPU and") })
    now.earlierEnvironments = [other]
    #expect(try report { $0.latency = .gate }.verdict != .regression)
  }

  @Test func aBrokenHeadIsARegressionOfThatHead() throws {
    for index in now.runs.indices where now.runs[index].variant == "s3n" {
      now.runs[index].right[1].images = Set(0..<50)
    }
    let report = try report()
    #expect(report.verdict == .regression)
    #expect(subjects(report, .regression) == ["accuracy s3n, head raw"])
    #expect(report.checks.first { $0.outcome == .regression }?.change == "-20.00, p 0.0000")
  }

  @Test func aFallThatChanceExplainsIsNone() throws {
    for index in now.runs.indices { now.runs[index].right[0].images.formSymmetricDifference([1, 2, 99]) }
    #expect(try report { $0.accuracyPoints = 0.1 }.verdict == .same)
  }

  @Test func aFallWithinTheMarginIsNone() throws {
    now.runs[0].right[0].images = Set(0..<50)
    #expect(try report().verdict == .regression)
    #expect(try report { $0.accuracyPoints = 10 }.verdict == .same)
  }

  @Test func aRiseIsAnImprovement() throws {
    now.runs[1].right[0].images = Set(0..<95)
    let report = try report()
    #expect(report.verdict == .improvement && subjects(report, .improvement) == ["accuracy s3n, head joint"])
  }

  @Test func aFallOutweighsARise() throws {
    now.runs[1].right[0].images = Set(0..<95)
    now.runs[0].peakTensorBytes *= 2
    #expect(try report().verdict == .regression)
  }

  @Test func otherBitsAreARegressionWhereRoundingIsAlike() throws {
    now.runs[3].fingerprints[1] = "ff"
    let report = try report()
    #expect(report.verdict == .regression)
    #expect(subjects(report, .regression) == ["weights birdlets-quick-s3n-seed1"])
    #expect(report.checks.contains { $0.change == "other bits from epoch 2 on" })
    #expect(try self.report { $0.bits = .report }.verdict == .same)
  }

  @Test(arguments: ["rounding", "openblas", "fftw", "compiler", "build"])
  func otherBitsAreToldWhereRoundingIsNot(what: String) throws {
    now.runs[3].fingerprints[1] = "ff"
    switch what {
    case "rounding": now.environment.instructionSet = "portable"
    case "compiler": now.environment.compiler = "Swift 7"
    case "build": now.environment.build = "other"
    default: now.environment.libraries[what] = "other"
    }
    let report = try report()
    #expect(report.verdict == .same && subjects(report, .reported).contains("weights birdlets-quick-s3n-seed1"))
    #expect(report.notes.contains { $0.hasPrefix("Weights need not be bit-identical") && $0.contains(what) })
    #expect(try self.report { $0.bits = .require }.verdict == .regression)
  }

  @Test func anotherCommitAndAnotherVectorSetExcuseNoBits() throws {
    now.runs[0].fingerprints = ["ff", "ff"]
    now.environment.instructionSet = "avx512"
    baseline.environment.commit = nil
    now.environment.libraries["libpng"] = "libpng16.so.16.50"
    #expect(try report().verdict == .regression)
  }

  @Test func aRunThatDivergesIsARegression() throws {
    now.runs[2].isFinished = false
    let report = try report { $0.bits = .report }
    #expect(subjects(report, .regression) == ["accuracy birdlets-quick-baseline-seed1"])
    // The other seed is still compared.
    #expect(report.checks.contains { $0.subject == "baseline, head raw" && $0.outcome == .same })
  }

  @Test func aRunThatDivergesNoMoreIsAnImprovement() throws {
    baseline.runs[2].isFinished = false
    #expect(try report { $0.bits = .report }.verdict == .improvement)
  }

  @Test func slowStepsAreARegression() throws {
    for index in now.runs.indices where now.runs[index].variant == "s3n" {
      now.runs[index].steps = now.runs[index].steps.map { 1.4 * $0 }
    }
    let report = try report()
    #expect(subjects(report, .regression) == ["latency s3n, train backward_original", "latency s3n, train step"])
    #expect(report.verdict == .regression)
    #expect(try self.report { $0.latency = .report }.verdict == .same)
    #expect(try self.report { $0.latencyRatio = 1.5 }.verdict == .same)
  }

  @Test func aFewSlowStepsAreNone() throws {
    // The median rises by half, but half of the steps are unchanged: the test does not detect it.
    for index in now.runs.indices { now.runs[index].steps = [10, 10, 10, 15.5, 15.5, 15.5] }
    for index in baseline.runs.indices { baseline.runs[index].steps = [10, 10, 10, 10, 15.5, 15.5] }
    #expect(try report().verdict == .same)
  }

  @Test func fastStepsAreAnImprovement() throws {
    for index in now.runs.indices { now.runs[index].steps = now.runs[index].steps.map { $0 / 2 } }
    #expect(try report().verdict == .improvement)
  }

  @Test func timesOfAnotherMachineAreToldAndNotGated() throws {
    for index in now.runs.indices { now.runs[index].steps = now.runs[index].steps.map { 3 * $0 } }
    now.environment.threads = 1
    let report = try report()
    #expect(report.verdict == .same && subjects(report, .reported).contains("latency s3n, train step"))
    #expect(report.notes.contains { $0.contains("the number of threads is 1, but 2 in the baseline") })
  }

  @Test func memoryAndAllocationsAreGated() throws {
    now.runs[0].peakTensorBytes = 1_200_000
    #expect(try report().verdict == .same)
    let more = MadeUpRuns()
    more.runs[0].peakTensorBytes = 1_300_000
    more.runs[3].allocationsPerStep = 1
    let report = try Gate(baseline: baseline.written(), now: more.written()).report()
    #expect(
      subjects(report, .regression) == [
        "memory baseline, tensors of a training pass", "allocations s3n, a warm training step",
      ])
    let back = try Gate(baseline: more.written(), now: MadeUpRuns().written()).report()
    #expect(back.verdict == .improvement)
  }

  @Test func severalRunsOfAProgramAreSamplesEach() throws {
    func folders(_ factor: Double, _ count: Int) -> [MadeUpRuns] {
      (0..<count).map { number in
        let runs = MadeUpRuns()
        for index in runs.runs.indices {
          runs.runs[index].steps = runs.runs[index].steps.map { factor * $0 * (1 + 0.01 * Double(number)) }
        }
        return runs
      }
    }
    func verdict(_ factor: Double, rounds: Int) throws -> GateReport.Verdict {
      let (before, after) = (folders(1, rounds), folders(factor, rounds))
      return try Gate(baseline: before.map { try $0.written() }, now: after.map { try $0.written() }).report().verdict
    }
    #expect(try verdict(1.4, rounds: Alternation.fewestRounds) == .regression)
    // Five can never be significant at 0.002.
    #expect(try verdict(1.4, rounds: Alternation.fewestRounds - 1) == .same)
    #expect(try verdict(1.01, rounds: Alternation.fewestRounds) == .same)
  }
}
