import CKernels
import Tensors

/// A tensor that a step of SGD updates. Do not read or write its three tensors until the step is done.
public struct SGDMove {
  fileprivate let value: UnsafeMutablePointer<Float>
  fileprivate let gradient: UnsafePointer<Float>
  fileprivate let velocity: UnsafeMutablePointer<Float>
  fileprivate let count: Int
  fileprivate let learningRate: Float

  public init(_ value: inout Tensor, gradient: Tensor, velocity: inout Tensor, learningRate: Float) {
    precondition(value.count == gradient.count && value.count == velocity.count, "shapes differ")
    (self.value, self.gradient, self.velocity) = (value.write(), gradient.read, velocity.write())
    (count, self.learningRate) = (value.count, learningRate)
  }
}

/// Performs one step of stochastic gradient descent, as PyTorch's SGD without dampening: velocity = momentum * velocity
/// + (gradient + weightDecay * value), value -= learningRate * velocity.
public func sgdStep(_ moves: [SGDMove], momentum: Float, weightDecay: Float) {
  parallelPieces(of: moves.map(\.count), length: 1 << 15) { index, elements in
    let (move, first) = (moves[index], elements.lowerBound)
    s3n_sgd_step(
      move.value + first, move.gradient + first, move.velocity + first, elements.count, move.learningRate, momentum,
      weightDecay)
  }
}
