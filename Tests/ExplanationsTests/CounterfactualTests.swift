import Datasets
import Experiments
import Records
import Tensors
import Testing

@testable import Explanations

@Suite struct CounterfactualTests {
  private let birdlets = Birdlets()

  @Test func marksAreFlippedAloneOrInPairs() {
    #expect(Counterfactuals.flips.count == 15 && Counterfactuals.flips[0] == [0] && Counterfactuals.flips[5] == [0, 1])
    #expect(Set(Counterfactuals.flips).count == 15)
  }

  @Test func answersTurnToTheRightOtherClassOrToTheMark() throws {
    let plain = birdlets.classNames[0]
    let crownAndEye = try #require(birdlets.className(flipping: [0, 1], of: plain))
    let crownAndWing = try #require(birdlets.className(flipping: [0, 2], of: plain))
    func answer(_ after: String, before: String? = nil, _ isAttended: Bool? = false) -> Counterfactuals.Answer {
      Counterfactuals.Answer(label: plain, before: before ?? plain, after: after, isAttended: isAttended)
    }
    let answers = [
      answer(plain), answer(crownAndEye, true), answer(crownAndWing), answer(crownAndWing, true),
      // Images that were wrong before or whose change is not visible do not count.
      answer(crownAndEye, before: crownAndEye), answer(crownAndEye, nil),
    ]
    let pair = Counterfactuals.row([0, 1], answers, birdlets, named: .blank)
    #expect(pair.flipped == "crown + eye" && pair.images == 4 && pair.turned == 25 && pair.attendedImages == 2)
    #expect(pair.turnedAttended == 50 && pair.turnedUnattended == 0)
    #expect(pair.low95.map { $0 > 0 && $0 < 25 } == true && pair.high95.map { $0 > 25 && $0 < 100 } == true)
    let single = Counterfactuals.row([0], answers, birdlets, named: .blank)
    #expect(single.turned == 75 && single.turnedAttended == 100 && single.turnedUnattended == 50)
    let none = Counterfactuals.row([0], [], birdlets, named: .blank)
    #expect(none.images == 0 && none.turned == nil && none.low95 == nil && none.turnedAttended == nil)
  }

  @Test func attentionIsWhereItIsAtLeastHalfOfItsMaximum() {
    let grid = CellGrid(side: 3, pixels: 21)
    let map = Tensor([0.1, 0.2, 0.1, 0.2, 1, 0.5, 0.1, 0.4, 0.1], shape: [1, 3, 3])
    #expect(
      Counterfactuals.isAttended(.init(10, 11), map, grid) && Counterfactuals.isAttended(.init(20.9, 10), map, grid))
    #expect(
      !Counterfactuals.isAttended(.init(10, 20), map, grid) && !Counterfactuals.isAttended(.init(0, 0), map, grid))
  }

  @Test func photographsCannotBePaintedAgain() throws {
    let models = try TrainedModels([.s3n])
    #expect(throws: ExplanationError.self) {
      try Counterfactuals(of: models.model(.s3n), birdlets: Birdlets(.pretraining))
    }
  }

  @Test(arguments: [Variant.baseline, .s3n].map(\.name)) func aTrainedModelIsAskedAboutEveryFlip(_ name: String) throws
  {
    let variant = try Variant.named(name)
    let models = try TrainedModels([variant])
    let rows = try Counterfactuals(of: models.model(variant), birdlets: models.birdlets).rows
    #expect(rows.count == 15 * (name == "s3n" ? 4 : 1) && rows[0].run == "\(name)-seed0")
    #expect(rows.allSatisfy { $0.images <= 9 && $0.attendedImages <= $0.images })
    #expect(name == "s3n" || rows.allSatisfy { $0.attendedImages == 0 })
  }
}
