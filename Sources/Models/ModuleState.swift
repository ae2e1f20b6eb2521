import Layers
import Tensors

/// Converts between the engine's tensors and PyTorch's state-dict shapes and order.
public enum ModuleState {
  /// Returns all parameters and buffers with their names, in PyTorch's layout.
  public static func entries(of module: some Module) -> [(name: String, tensor: Tensor)] {
    module.parameters.map { ($0.name, exported($0.value, $0)) } + module.buffers.map { ($0.name, $0.value) }
  }

  /// Returns all gradients with their parameters' names, in PyTorch's layout.
  public static func gradients(of module: some Module) -> [(name: String, tensor: Tensor)] {
    module.parameters.map { ($0.name, exported($0.gradient, $0)) }
  }

  /// Converts a tensor of `parameter`'s shape to PyTorch's layout.
  public static func exported(_ tensor: Tensor, _ parameter: Parameter) -> Tensor {
    switch parameter.layout {
    case .plain: tensor
    case .convolution: tensor.permuted([3, 2, 0, 1])
    }
  }

  /// Converts a tensor in PyTorch's layout to `parameter`'s.
  public static func imported(_ tensor: Tensor, _ parameter: Parameter) -> Tensor {
    switch parameter.layout {
    case .plain: tensor.reshaped(parameter.value.shape)
    case .convolution: tensor.permuted([2, 3, 1, 0])
    }
  }

  /// Returns the shape of `parameter` in a state dict.
  public static func shape(of parameter: Parameter) -> [Int] {
    let shape = parameter.value.shape
    return switch parameter.layout {
    case .plain: shape
    case .convolution: [shape[3], shape[2], shape[0], shape[1]]
    }
  }

  /// Returns the released code's name for a ResNet's tensor; leaves other names unchanged.
  public static func releasedName(_ name: String) -> String { NetworkNames.released(name) }
}
