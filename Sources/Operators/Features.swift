import CKernels
import Tensors

/// Features (N, H, W, C) as the next operator sees them: the tensor itself, or the tensor read through a batch norm and ReLU.
///
/// A batch norm after a convolution needs no pass of its own: whoever reads the convolution's output applies
/// scale and shift per channel, and the ReLU, while the values pass through its registers.
public struct Features: Sendable {
  /// A per-channel `x * scale + shift`, then ReLU if `relu`.
  public struct Reading: Sendable {
    public let scale: Tensor
    public let shift: Tensor
    public let relu: Bool

    public init(scale: Tensor, shift: Tensor, relu: Bool) {
      self.scale = scale
      self.shift = shift
      self.relu = relu
    }
  }

  public let tensor: Tensor
  public let reading: Reading?

  public init(_ tensor: Tensor, reading: Reading? = nil) {
    self.tensor = tensor
    self.reading = reading
  }

  public var images: Int { tensor.shape[0] }
  public var height: Int { tensor.shape[1] }
  public var width: Int { tensor.shape[2] }
  public var channels: Int { tensor.shape[3] }

  /// Calls `body` with the address and the reading as the kernels take them.
  func withKernelArguments<R>(_ body: (UnsafePointer<Float>, s3n_reading) -> R) -> R {
    let kernelReading = s3n_reading(
      scale: reading?.scale.read, shift: reading?.shift.read, relu: reading?.relu == true ? 1 : 0)
    defer { keepAlive(tensor, reading?.scale, reading?.shift) }
    return body(tensor.read, kernelReading)
  }

  /// The features as a tensor of their own.
  public func materialized() -> Tensor {
    guard let reading else { return tensor }
    return residualJoin(tensor, reading: reading, shortcut: nil)
  }
}

/// `reading(y) + shortcut`, then ReLU if the reading says so: the joint at the end of a residual block.
public func residualJoin(_ y: Tensor, reading: Features.Reading, shortcut: Features?) -> Tensor {
  var out = Tensor(uninitialized: y.shape)
  var join = s3n_join(
    channels: y.shape[3], y: y.read, scale: reading.scale.read, shift: reading.shift.read,
    shortcut: shortcut?.tensor.read, shortcut_scale: shortcut?.reading?.scale.read,
    shortcut_shift: shortcut?.reading?.shift.read, relu: reading.relu ? 1 : 0, out: out.write())
  s3n_join_rows(&join, y.count / y.shape[3])
  keepAlive(y, reading.scale, reading.shift, shortcut?.tensor, shortcut?.reading?.scale, shortcut?.reading?.shift, out)
  return out
}
