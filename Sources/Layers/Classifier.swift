import Operators
import Tensors

/// A fully connected layer from pooled features (N, in) to logits (N, classes).
public final class Classifier: Module {
  public let weight: Parameter
  public let bias: Parameter

  public init(inputs: Int, classes: Int, name: String, by initial: Initialization) {
    weight = Parameter(
      name + ".weight", initial.uniform([classes, inputs], fanIn: inputs, name: name + ".weight"))
    bias = Parameter(name + ".bias", initial.uniform([classes], fanIn: inputs, name: name + ".bias"))
  }

  public var parameters: [Parameter] { [weight, bias] }
  public var buffers: [Buffer] { [] }

  public func forward(_ x: Tensor) -> Tensor { Linear.forward(x, weight: weight.value, bias: bias.value) }

  /// Adds the gradients to weight and bias, and returns the gradient of x.
  public func backward(_ dLogits: Tensor, x: Tensor) -> Tensor {
    Linear.backward(
      dLogits, x: x, weight: weight.value, dWeight: &weight.gradient, dBias: &bias.gradient)
  }
}
