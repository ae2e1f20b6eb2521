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
  /// What the backward passes since the last `zeroGradient()` have added up.
  public var gradient: Tensor
  /// Rises with every change of the value: whoever keeps something derived from it compares this.
  public private(set) var version = 0

  public init(_ name: String, layout: Layout = .plain, _ value: Tensor) {
    self.name = name
    self.layout = layout
    self.value = value
    gradient = .zeros(value.shape)
  }

  public func zeroGradient() {
    let atOnce = 1 << 16
    gradient.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      parallelFor((values.count + atOnce - 1) / atOnce) { part in
        (base + part * atOnce).update(repeating: 0, count: min(atOnce, values.count - part * atOnce))
      }
    }
  }
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
  /// Sets all gradients to zero; backward passes add.
  public func zeroGradients() {
    for parameter in parameters { parameter.zeroGradient() }
  }
}
