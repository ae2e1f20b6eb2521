import CKernels
import Tensors

/// Max pooling with a square window, as PyTorch's MaxPool2d: padding never wins; the first maximum gets the gradient.
public struct MaxPool2D: Sendable {
  public let kernel: Int
  public let stride: Int
  public let padding: Int

  public init(kernel: Int, stride: Int, padding: Int) {
    precondition((1...15).contains(kernel) && stride > 0 && (0...kernel / 2).contains(padding), "impossible pooling")
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  /// The pixel that each output came from, one byte per output.
  public struct Choice: Sendable {
    let bytes: Tensor
    let pool: s3n_pool
  }

  private func pool(_ shape: [Int], _ precision: Precision) -> s3n_pool {
    func outputSize(_ size: Int) -> Int { windowCount(size, kernel: kernel, stride: stride, padding: padding) }
    return s3n_pool(
      images: shape[0], height: shape[1], width: shape[2], channels: shape[3], kernel: kernel, stride: stride,
      padding: padding, out_height: outputSize(shape[1]), out_width: outputSize(shape[2]),
      precision: precision.kernelValue)
  }

  public func forward(_ x: Features) -> (y: Tensor, choice: Choice) {
    var pool = pool(x.tensor.shape, x.tensor.precision)
    var y = Tensor(uninitialized: [x.images, pool.out_height, pool.out_width, x.channels], x.tensor.precision)
    var bytes = Tensor(uninitialized: [(y.count + 3) / 4])
    x.withKernelArguments { address, prologue in
      let choice = UnsafeMutableRawPointer(bytes.write()).assumingMemoryBound(to: UInt8.self)
      s3n_max_pool(&pool, address, prologue, y.writeAddress(), choice)
    }
    return (y, Choice(bytes: bytes, pool: pool))
  }

  public func backward(_ dy: Tensor, _ choice: Choice) -> Tensor {
    var pool = choice.pool
    precondition(dy.precision.kernelValue == pool.precision, "dy is \(dy.precision), what was pooled is not")
    dy.requireLayout([pool.images, pool.out_height, pool.out_width, pool.channels], dy.precision, "dy")
    var dx = Tensor(uninitialized: [pool.images, pool.height, pool.width, pool.channels], dy.precision)
    let bytes = UnsafeRawPointer(choice.bytes.read).assumingMemoryBound(to: UInt8.self)
    s3n_max_pool_backward(&pool, dy.address, bytes, dx.writeAddress())
    keepAlive(dy, choice.bytes)
    return dx
  }
}

/// Returns the mean of each channel over an image's pixels: (N, H, W, C) of any precision to (N, C) floats.
public func globalAveragePool(_ x: Features) -> Tensor {
  var y = Tensor(uninitialized: [x.images, x.channels])
  x.withKernelArguments { address, prologue in
    s3n_average_pool(
      x.tensor.precision.kernelValue, x.images, x.height * x.width, x.channels, address, prologue, y.write())
  }
  return y
}

/// Returns the gradient of `globalAveragePool` with respect to an input of `inputShape`, in `precision`.
public func globalAveragePoolBackward(_ dy: Tensor, inputShape: [Int], _ precision: Precision = .fp32) -> Tensor {
  dy.requireLayout([inputShape[0], inputShape[3]], .fp32, "dy")
  var dx = Tensor(uninitialized: inputShape, precision)
  s3n_average_pool_backward(
    precision.kernelValue, inputShape[0], inputShape[1] * inputShape[2], inputShape[3], dy.read, dx.writeAddress())
  keepAlive(dy)
  return dx
}
