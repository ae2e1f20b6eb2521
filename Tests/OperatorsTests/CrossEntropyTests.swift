import Foundation
import Tensors
import Testing

@testable import Operators

@Suite struct CrossEntropyTests {
  @Test(arguments: [(4, 7, Float(1)), (3, 20, 0.85), (1, 2, 0.85), (1, 1, 1), (2, 1, 0.85)])
  func agreesWithTheFormulaAndItsGradientIsNumeric(_ images: Int, _ classes: Int, _ keep: Float) {
    let logits = randomTensor([images, classes], in: -3...3)
    let labels = (0..<images).map { $0 * 5 % classes }
    var expected = 0.0
    for (image, label) in labels.enumerated() {
      let row = (0..<classes).map { Double(logits[image * classes + $0]) }
      let logSum = log(row.reduce(0) { $0 + exp($1) })
      for k in 0..<classes {
        let target = k == label ? Double(keep) : Double(1 - keep) / Double(classes - 1)
        expected -= target * (row[k] - logSum) / Double(images)
      }
    }
    let result = CrossEntropy.forward(logits, labels: labels, keep: keep)
    #expect(abs(Double(result.loss) - expected) < 1e-6)
    expectClose(result.probabilities, softmax(logits), tolerance: 1e-6)
    expectGradient(result.backward(), at: logits, step: 1e-2, tolerance: 1e-3) {
      Double(CrossEntropy.forward($0, labels: labels, keep: keep).loss)
    }
  }

  @Test func hugeLogitsStayFinite() {
    let result = CrossEntropy.forward(Tensor([1e4, -1e4, 0], shape: [1, 3]), labels: [1])
    #expect(result.loss == 2e4)
    #expect(result.backward().elements == [1, -1, 0])
  }

  @Test func scaleMultipliesTheGradient() {
    let logits = randomTensor([2, 5])
    let result = CrossEntropy.forward(logits, labels: [0, 4], keep: 0.85)
    expectClose(
      result.backward(scale: 0.5), Tensor(result.backward().elements.map { $0 / 2 }, shape: [2, 5]), tolerance: 1e-6)
  }

  @Test func aNaNLogitMakesTheLossNaN() {
    #expect(CrossEntropy.forward(Tensor([0, .nan], shape: [1, 2]), labels: [0]).loss.isNaN)
  }
}
