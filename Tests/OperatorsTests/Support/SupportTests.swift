import Tensors
import Testing

@Suite struct TestSupportTests {
  @Test func aRightGradientPassesAndAWrongOneFails() {
    let x = randomTensor([3, 7])
    let weight = randomTensor([3, 7], seed: 2)
    func loss(_ x: Tensor) -> Double {
      zip(x.elements, weight.elements).reduce(0) { $0 + Double($1.0) * Double($1.0) * Double($1.1) }
    }
    let right = Tensor(zip(x.elements, weight.elements).map { 2 * $0 * $1 }, shape: x.shape)
    expectGradient(right, at: x, loss: loss)
    var wrong = right
    wrong[5] += 0.1
    let errors = gradientErrors(wrong, at: x, step: 1e-2, samples: 48, loss: loss)
    #expect(errors.ofElements > 0.01 && errors.ofDirection > 0.01)
    // A wrong element among those not sampled is detected along the direction.
    #expect(gradientErrors(wrong, at: x, step: 1e-2, samples: 0, loss: loss).ofDirection > 0.01)
  }

  @Test func aNaNOnOneSideIsNotClose() {
    #expect(relativeError([1, .nan], [1, 2]) == .infinity)
    #expect(relativeError([1, .nan], [1, .nan]) == 0)
    #expect(relativeError([1, 2.5], [1, 2]) == 0.25)
  }
}
