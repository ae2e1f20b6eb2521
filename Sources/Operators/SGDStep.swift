import CKernels
import Tensors

/// One step of stochastic gradient descent as PyTorch's SGD without dampening:
/// velocity = momentum * velocity + (gradient + weightDecay * value), value -= learningRate * velocity.
public func sgdStep(
  _ value: inout Tensor, gradient: Tensor, velocity: inout Tensor, learningRate: Float, momentum: Float,
  weightDecay: Float
) {
  precondition(value.count == gradient.count && value.count == velocity.count, "shapes differ")
  s3n_sgd_step(value.write(), gradient.read, velocity.write(), value.count, learningRate, momentum, weightDecay)
  keepAlive(gradient)
}
