import CKernels
import Tensors

/// The shapes of a 2-D convolution: a square kernel, and one stride and zero padding for both directions.
public struct Conv2DGeometry: Hashable, Sendable {
  public let inputChannels: Int
  public let outputChannels: Int
  public let kernel: Int
  public let stride: Int
  public let padding: Int

  public init(inputChannels: Int, outputChannels: Int, kernel: Int, stride: Int = 1, padding: Int = 0) {
    precondition(inputChannels > 0 && outputChannels > 0 && stride > 0 && padding >= 0, "impossible convolution")
    precondition((1...22).contains(kernel), "a kernel of \(kernel) is outside 1...22")
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  /// The shape of the weights: (kernel, kernel, input channels, output channels), so that a tap's matrix is contiguous.
  public var weightShape: [Int] { [kernel, kernel, inputChannels, outputChannels] }

  /// Returns the output's height or width for an input of `size`, or 0 if the kernel does not fit.
  public func outputSize(_ size: Int) -> Int { windowCount(size, kernel: kernel, stride: stride, padding: padding) }

  /// Returns the output's shape (N, H, W, C) for an input of `shape`.
  public func outputShape(_ shape: [Int]) -> [Int] {
    precondition(shape.count == 4 && shape[3] == inputChannels, "\(shape) is no input for \(self)")
    return [shape[0], outputSize(shape[1]), outputSize(shape[2]), outputChannels]
  }

  /// The kernel geometry of the forward pass, also used by backward to the weights.
  func forwardKernel(_ shape: [Int], _ precision: Precision) -> s3n_conv {
    let output = outputShape(shape)
    return s3n_conv(
      images: shape[0], src_height: shape[1], src_width: shape[2], channels: inputChannels,
      grid_height: output[1], grid_width: output[2], taps_y: kernel, taps_x: kernel, step: stride,
      offset_y: -padding, offset_x: -padding,
      dst_height: output[1], dst_width: output[2], outputs: outputChannels, dst_step: 1, dst_y: 0, dst_x: 0,
      precision: precision.kernelValue)
  }
}

// MARK: - Forward

/// Weights (kernel, kernel, in, out) laid out for the forward kernel of one algorithm, precision and instruction set.
public struct ForwardWeights: Sendable {
  public let geometry: Conv2DGeometry
  /// The features' precision, to which the weights are rounded too.
  public let precision: Precision
  public let algorithm: Conv2DAlgorithm
  let packed: Tensor

  /// Packs the weights for `algorithm`, which must apply, or for the best one that does.
  public init(
    _ weight: Tensor, _ geometry: Conv2DGeometry, _ precision: Precision = .fp32, by algorithm: Conv2DAlgorithm? = nil
  ) {
    precondition(weight.shape == geometry.weightShape, "weights of \(weight.shape) are not \(geometry.weightShape)")
    self.geometry = geometry
    self.precision = precision
    self.algorithm = .applicable(algorithm, to: geometry, precision)
    let (inputs, outputs) = (geometry.inputChannels, geometry.outputChannels)
    switch self.algorithm {
    case .direct:
      let depth = geometry.kernel * geometry.kernel * inputs
      var packed = Tensor(uninitialized: [s3n_packed_count(precision.kernelValue, depth, outputs)])
      s3n_pack_forward(precision.kernelValue, depth, outputs, weight.read, packed.write())
      self.packed = packed
    case .winograd:
      var packed = Tensor(uninitialized: [s3n_winograd_weights_count(inputs, outputs)])
      s3n_winograd_pack_forward(
        precision.kernelValue, geometry.stride, inputs, outputs, weight.read, packed.write())
      self.packed = packed
    }
    keepAlive(weight)
  }
}

/// Returns conv(x) in the precision of x; bias (C), residual (shaped like y) and ReLU are applied while it is in cache.
public func conv2d(
  _ x: Features, _ weights: ForwardWeights, bias: Tensor? = nil, residual: Tensor? = nil, relu: Bool = false
) -> Tensor {
  bias?.requireLayout([weights.geometry.outputChannels], .fp32, "the bias")
  residual?.requireLayout(weights.geometry.outputShape(x.tensor.shape), x.tensor.precision, "the residual")
  let epilogue = s3n_epilogue(bias: bias?.read, residual: residual?.address, relu: relu ? 1 : 0, statistics: nil)
  return convolve(x, weights, epilogue) { keepAlive(bias, residual) }
}

/// Returns conv(x) and the per-channel statistics for batch norm, computed while the results are in cache.
public func conv2dWithStatistics(_ x: Features, _ weights: ForwardWeights) -> (y: Tensor, statistics: BatchStatistics) {
  var conv = weights.geometry.forwardKernel(x.tensor.shape, x.tensor.precision)
  let count =
    switch weights.algorithm {
    case .direct: s3n_conv_blocks(conv.images * conv.grid_height * conv.grid_width)
    case .winograd: s3n_winograd_blocks(&conv)
    }
  var blocks = Tensor(uninitialized: [count, s3n_statistics_distance(conv.outputs)])
  let y = convolve(x, weights, s3n_epilogue(bias: nil, residual: nil, relu: 0, statistics: blocks.write())) {}
  return (y, BatchStatistics(blocks: blocks, rows: y.count / conv.outputs))
}

private func convolve(
  _ x: Features, _ weights: ForwardWeights, _ epilogue: s3n_epilogue, _ hold: () -> Void
) -> Tensor {
  precondition(weights.precision == x.tensor.precision, "weights for \(weights.precision) read \(x.tensor.precision)")
  var conv = weights.geometry.forwardKernel(x.tensor.shape, weights.precision)
  var y = Tensor(uninitialized: weights.geometry.outputShape(x.tensor.shape), weights.precision)
  x.withKernelArguments { address, prologue in
    switch weights.algorithm {
    case .direct: s3n_conv_run(&conv, address, prologue, weights.packed.read, y.writeAddress(), epilogue)
    case .winograd: s3n_winograd_run(&conv, address, prologue, weights.packed.read, y.writeAddress(), epilogue)
    }
  }
  keepAlive(weights.packed)
  hold()
  return y
}
