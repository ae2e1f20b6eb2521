import Tensors

/// A learned tensor with its gradient, under its state-dict name.
public final class Parameter {
  /// How the engine keeps a tensor that PyTorch keeps otherwise.
  public enum Layout: Sendable {
    /// As PyTorch.
    case plain
    /// Convolution weights: (kernel, kernel, in, out) here, (out, in, kernel, kernel) there.
    case convolution
  }

  public let name: String
  public let layout: Layout
  public var value: Tensor {
    didSet { version += 1 }
  }
  /// What the backward passes since the last `zeroGradients()` have added up.
  public var gradient: Tensor
  /// Rises with every change of the value: whoever keeps something derived from it compares this.
  public private(set) var version = 0

  public init(_ name: String, layout: Layout = .plain, _ value: Tensor) {
    self.name = name
    self.layout = layout
    self.value = value
    gradient = .zeros(value.shape)
  }
}

/// Sets the gradients to zero; backward passes add to them.
public func zeroGradients(of parameters: [Parameter]) {
  let gradients = parameters.map { $0.gradient.write() }
  parallelPieces(of: parameters.map(\.gradient.count), length: 1 << 16) { index, elements in
    (gradients[index] + elements.lowerBound).update(repeating: 0, count: elements.count)
  }
  withExtendedLifetime(parameters) {}
}

/// A tensor that belongs to a model's state and is not learned by gradient, such as a running mean.
public final class Buffer {
  public let name: String
  public var value: Tensor {
    didSet { version += 1 }
  }
  public private(set) var version = 0

  public init(_ name: String, _ value: Tensor) {
    self.name = name
    self.value = value
  }
}

/// Anything that owns parameters and buffers.
public protocol Module: AnyObject {
  var parameters: [Parameter] { get }
  var buffers: [Buffer] { get }
}

extension Module {
  /// Sets all gradients to zero.
  public func zeroGradients() { Layers.zeroGradients(of: parameters) }
}
