import Foundation
import Tensors
import Testing

@testable import Operators

@Suite struct SparseAttentionTests {
  private let gaussians: [[AttentionGaussian]] = [
    [
      AttentionGaussian(row: 3, column: 9, height: 0.7, spread: 0.8),
      AttentionGaussian(row: 0, column: 0, height: 2, spread: 0.5),
    ],
    [],
    [AttentionGaussian(row: 10, column: 10, height: 1, spread: 1)],
  ]

  @Test func agreesWithTheFormula() {
    let (radius, side) = (Float(0.09), 11)
    let expected = gaussians.flatMap { gaussians in
      (0..<side * side).map { cell in
        gaussians.reduce(Double(Float(0.09))) { sum, gaussian in
          let deviation = Double(radius) * Double(gaussian.spread) * Double(side)
          let squared = pow(Double(cell / side - gaussian.row), 2) + pow(Double(cell % side - gaussian.column), 2)
          return sum + Double(gaussian.height) * exp(-squared / (2 * deviation * deviation))
        }
      }
    }
    expectClose(SparseAttention.forward(gaussians, radius: radius, side: side), expected, tolerance: 1e-7)
  }

  @Test func noPeakLeavesTheFloor() {
    let attention = SparseAttention.forward([[], []], radius: 0.3, floor: 0.25, side: 5)
    #expect(attention.shape == [2, 5, 5])
    #expect(attention.elements == [Float](repeating: 0.25, count: 50))
  }

  @Test(arguments: [Float(0.09), 0.3, 1.2]) func gradientOfTheRadiusIsNumeric(_ radius: Float) {
    let weight = randomTensor([3, 11, 11])
    let gradient = SparseAttention.backward(weight, gaussians: gaussians, radius: radius)
    expectGradient(
      Tensor([gradient], shape: [1]), at: Tensor([radius], shape: [1]), step: radius * 2e-3, tolerance: 1e-3
    ) { inner(SparseAttention.forward(gaussians, radius: $0[0], side: 11), weight) }
  }

  @Test func noPeakPassesNoGradient() {
    #expect(SparseAttention.backward(randomTensor([1, 5, 5]), gaussians: [[]], radius: 0.1) == 0)
  }
}
