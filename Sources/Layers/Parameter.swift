import Tensors

/// A learned tensor with its gradient and state-dict name.
public final class Parameter {
  /// How the engine's layout of a tensor differs from PyTorch's.
  public enum Layout: Sendable {
    /// The same as PyTorch's.
    case plain
    /// Convolution weights: (kernel, kernel, in, out) here, (out, in, kernel, kernel) in PyTorch.
    case convolution
  }

  public let name: String
  public let layout: Layout
  public var value: Tensor {
    didSet { version += 1 }
  }
  /// The sum of the gradients of the backward passes since the last `zeroGradients()`.
  public var gradient: Tensor
  /// Increases with every change of the value, to invalidate what was derived from it.
  public private(set) var version = 0

  public init(_ name: String, layout: Layout = .plain, _ value: Tensor) {
    self.name = name
    self.layout = layout
    self.value = value
    gradient = .zeros(value.shape)
  }
}

/// Sets the gradients to zero, since backward passes add to them.
public func zeroGradients(of parameters: [Parameter]) {
  let gradients = parameters.map { $0.gradient.write() }
  parallelPieces(of: parameters.map(\.gradient.count), length: 1 << 16) { index, elements in
    (gradients[index] + elements.lowerBound).update(repeating: 0, count: elements.count)
  }
  withExtendedLifetime(parameters) {}
}

/// A tensor of a model's state that is not learned by gradient descent, such as a running mean.
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

/// An object that owns parameters and buffers.
public protocol Module: AnyObject {
  var parameters: [Parameter] { get }
  var buffers: [Buffer] { get }
}

extension Module {
  /// Sets all gradients to zero.
  public func zeroGradients() { Layers.zeroGradients(of: parameters) }
}
