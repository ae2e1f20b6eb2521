import Experiments
import Foundation
import Tensors
import Testing

@testable import Explanations

@Suite struct CausalCurveTests {
  /// Four pixels of one row whose values add up to 10; the score is the sum of the first channel.
  private let image = Tensor([4, 0, 0, 3, 0, 0, 2, 0, 0, 1, 0, 0], shape: [1, 1, 4, 3])

  private func sums(_ states: Tensor) -> [Float] {
    let width = states.count / states.shape[0]
    return (0..<states.shape[0]).map { state in
      stride(from: 0, to: width, by: 3).reduce(0) { $0 + states[state * width + $1] }
    }
  }

  @Test func deletionTakesTheMostSalientPixelsFirst() {
    let scores = CausalCurve.deletion.scores(of: image, by: [1, 0, 3, 2], step: 1, score: sums)
    #expect(scores == [10, 8, 7, 3, 0])
    // (8 + 7 + 3 + 10 / 2 + 0 / 2) / 4.
    #expect(CausalCurve.area(under: scores) == 5.75)
    #expect(CausalCurve.deletion.scores(of: image, by: [0, 0, 0, 0], step: 3, score: sums) == [10, 1, 0])
  }

  @Test func insertionStartsFromTheBlurAndEndsAtTheImage() throws {
    let blurred = CausalCurve.blurred(image)
    let start = sums(blurred)[0]
    let scores = CausalCurve.insertion.scores(of: image, by: [1, 0, 3, 2], step: 2, score: sums)
    #expect(scores.count == 3 && scores[0] == start && scores[2] == 10)
    // Two pixels are the image's, two are blurred.
    #expect(abs(scores[1] - (2 + 1 + blurred[0] + blurred[3])) < 1e-5)
  }

  /// One white pixel becomes the kernel, part of which lies outside near the border.
  @Test func theBlurIsThatOfItsDefinition() {
    var image = Tensor.zeros([1, 20, 30, 3])
    image[(8 * 30 + 2) * 3 + 1] = 1
    let blurred = CausalCurve.blurred(image)
    var total = 0.0
    for row in -5...5 { for column in -5...5 { total += exp(-Double(row * row + column * column) / 50) } }
    for row in 0..<20 {
      for column in 0..<30 {
        let (down, right) = (row - 8, column - 2)
        let isNear = max(abs(down), abs(right)) <= 5
        let expected = isNear ? exp(-Double(down * down + right * right) / 50) / total : 0
        let pixel = 3 * (row * 30 + column)
        #expect(abs(Double(blurred[pixel + 1]) - expected) < 1e-7 && blurred[pixel] == 0)
      }
    }
  }

  @Test func areasAreThoseOfTrapezoids() {
    #expect(CausalCurve.area(under: [1, 1, 1]) == 1 && CausalCurve.area(under: [0, 1]) == 0.5)
    #expect(CausalCurve.area(under: [0.25]) == 0.25)
  }

  @Test func everyMapOfAModelIsJudgedByBothCurves() throws {
    let models = try TrainedModels([.s3n])
    let model = try models.model(.s3n)
    let images = models.dataset.testing(on: [models.dataset.test[0]])
    let explanation = try #require(try Explanation.all(of: model, on: images).first)
    let rows = explanation.curveRows(try model.lookingNetwork())
    #expect(rows.map(\.map).unique() == SaliencyMap.allCases.map(\.rawValue) && rows.count == 8 * 65)
    #expect(rows.allSatisfy { $0.area > 0 && $0.area < 1 })
    // Deletion begins, and insertion ends, with the original image.
    for row in rows where row.share == (row.curve == "deletion" ? 0 : 1) {
      #expect(abs(row.probability - explanation.answers[0].top[0].probability) < 1e-5)
    }
    let curve = rows.filter { $0.map == "response" && $0.curve == "deletion" }
    #expect(curve.map(\.share) == (0...64).map { Double($0) / 64 })
    #expect(curve.allSatisfy { $0.area == CausalCurve.area(under: curve.map(\.probability)) })
    #expect(CurveTable.text(rows).contains(String(format: "%.3f", curve[0].area)))
    // All curves start or end with the original image, whose probability the explanation contains.
    let values = try #require(SaliencyMap.response.values(explanation))
    #expect(values.count == 64 * 64 && values.max() == 1)
    #expect(rows == explanation.curveRows(try model.lookingNetwork()))
    #expect(rows.allSatisfy { $0.image == images.test[0].id })
  }
}
