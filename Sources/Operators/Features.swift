import CKernels
import Tensors

/// Features (N, H, W, C) as the next operator reads them: a tensor, possibly read through a batch norm and ReLU.
///
/// Batch norm after a convolution needs no pass of its own: readers of the convolution's output apply scale and shift
/// per channel, and the ReLU, while the values are in registers.
public struct Features: Sendable {
  /// A per-channel `x * scale + shift`, then ReLU if `relu`.
  public struct Prologue: Sendable {
    public let scale: Tensor
    public let shift: Tensor
    public let relu: Bool

    public init(scale: Tensor, shift: Tensor, relu: Bool) {
      self.scale = scale
      self.shift = shift
      self.relu = relu
    }

    func requireChannels(of tensor: Tensor) {
      let channels = tensor.shape.last ?? 0
      precondition(
        scale.count == channels && shift.count == channels,
        "scale (\(scale.count)) and shift (\(shift.count)) do not fit features of \(tensor.shape)")
    }
  }

  public let tensor: Tensor
  public let prologue: Prologue?

  public init(_ tensor: Tensor, prologue: Prologue? = nil) {
    prologue?.requireChannels(of: tensor)
    self.tensor = tensor
    self.prologue = prologue
  }

  public var images: Int { tensor.shape[0] }
  public var height: Int { tensor.shape[1] }
  public var width: Int { tensor.shape[2] }
  public var channels: Int { tensor.shape[3] }

  /// Calls `body` with the tensor's address and the prologue in the kernels' form.
  func withKernelArguments<R>(_ body: (UnsafeRawPointer, s3n_prologue) -> R) -> R {
    let kernelPrologue = s3n_prologue(
      scale: prologue?.scale.read, shift: prologue?.shift.read, relu: prologue?.relu == true ? 1 : 0)
    defer { keepAlive(tensor, prologue?.scale, prologue?.shift) }
    return body(tensor.address, kernelPrologue)
  }

  /// The features as a tensor with the prologue applied.
  public func materialized() -> Tensor {
    guard let prologue else { return tensor }
    return residualJoin(tensor, prologue: prologue, shortcut: nil)
  }
}

/// Returns `prologue(y) + shortcut`, then ReLU if the prologue has one: the join at the end of a residual block.
public func residualJoin(_ y: Tensor, prologue: Features.Prologue, shortcut: Features?) -> Tensor {
  prologue.requireChannels(of: y)
  shortcut?.tensor.requireLayout(y.shape, y.precision, "the shortcut")
  var out = Tensor(uninitialized: y.shape, y.precision)
  var join = s3n_join(
    precision: y.precision.kernelValue, channels: y.shape[3], y: y.address, scale: prologue.scale.read,
    shift: prologue.shift.read, shortcut: shortcut?.tensor.address,
    shortcut_scale: shortcut?.prologue?.scale.read, shortcut_shift: shortcut?.prologue?.shift.read,
    relu: prologue.relu ? 1 : 0, out: out.writeAddress())
  s3n_join_rows(&join, y.count / y.shape[3])
  keepAlive(
    y, prologue.scale, prologue.shift, shortcut?.tensor, shortcut?.prologue?.scale, shortcut?.prologue?.shift, out)
  return out
}
