import Foundation
import Records
import Testing

@testable import Regression

@Suite struct RepetitionTests {
  private let recorded = MadeUpRuns()
  private let again = MadeUpRuns()
  private let run = "birdlets-quick-s3n-seed0"

  private func repetition() throws -> Repetition {
    try Repetition(of: run, recorded: recorded.written(), again: again.written())
  }

  @Test func equalWeightsAndAnswersAreIdentical() throws {
    // The other runs may be missing.
    again.runs = again.runs.filter { $0.id == run }
    let repetition = try repetition()
    #expect(repetition.grade == .identical && repetition.firstEpoch == nil)
    #expect(repetition.sentence == "\(run): identical.")
  }

  @Test func equalWeightsWithOtherAnswersAreNotIdentical() throws {
    // The same number of right answers, but for other images: the weights are equal, the test results are not.
    again.runs[1].right[0].images = Set(10..<90)
    let repetition = try repetition()
    #expect(repetition.grade == .different && repetition.firstEpoch == nil && repetition.otherAnswers == 20)
    #expect(repetition.sentence.contains("the weights are equal, 20 answers are not, accuracy 0.00 points"))
  }

  @Test(arguments: [(380, Repetition.Grade.different), (381, .equivalent)])
  func otherBitsAndTheSameAnswersAreEquivalentOnEnoughImages(count: Int, grade: Repetition.Grade) throws {
    for runs in [recorded, again] { runs.images = (0..<count).map { "test/\($0).jpg" } }
    again.runs[1].fingerprints[1] = "ff"
    let repetition = try repetition()
    #expect(repetition.grade == grade && repetition.firstEpoch == 2 && repetition.points == 0)
    #expect(repetition.sentence.contains("the weights differ from epoch 2 on"))
  }

  @Test func otherAnswersAreDifferent() throws {
    again.runs[1].fingerprints[0] = "ff"
    again.runs[1].right[0].images = Set(0..<75)
    let repetition = try repetition()
    #expect(repetition.grade == .different && repetition.points == -5 && repetition.firstEpoch == 1)
  }

  @Test func asManyRightAnswersOfOtherImagesAreNotEquivalent() throws {
    // No difference in total, but an interval wider than the margin.
    again.runs[1].fingerprints[0] = "ff"
    again.runs[1].right[0].images = Set(10..<90)
    let repetition = try repetition()
    #expect(repetition.points == 0 && repetition.grade == .different)
  }

  @Test func aRunThatDivergesIsDifferent() throws {
    again.runs[1].isFinished = false
    again.runs[1].fingerprints[1] = "ff"
    #expect(try repetition().grade == .different)
  }

  @Test func epochsLessAreDifferentWeights() throws {
    again.runs[1].fingerprints = ["a1"]
    #expect(try repetition().firstEpoch == 2)
  }

  @Test func anotherRecipeIsNotComparable() throws {
    again.recipe.values["batch"] = JSONValue(8)
    #expect(throws: NotComparable.self) { try repetition() }
  }
}
