import CKernels
import Tensors

/// What a 2-D convolution does to shapes: square kernel, one stride and one zero padding for both directions.
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

  /// Weights are kept as (kernel, kernel, input channels, output channels), so that a tap's matrix is contiguous.
  public var weightShape: [Int] { [kernel, kernel, inputChannels, outputChannels] }

  /// The output's height or width for an input of `size`; 0 or less when the kernel does not fit.
  public func outputSize(_ size: Int) -> Int {
    let room = size + 2 * padding - kernel
    return room < 0 ? 0 : room / stride + 1
  }

  /// The shape (N, H, W, C) that an input of `shape` gives.
  public func outputShape(_ shape: [Int]) -> [Int] {
    precondition(shape.count == 4 && shape[3] == inputChannels, "\(shape) is no input for \(self)")
    return [shape[0], outputSize(shape[1]), outputSize(shape[2]), outputChannels]
  }

  /// The forward pass, whose geometry backward to the weights shares.
  func forwardKernel(_ shape: [Int]) -> s3n_conv {
    let output = outputShape(shape)
    return s3n_conv(
      images: shape[0], src_height: shape[1], src_width: shape[2], channels: inputChannels,
      grid_height: output[1], grid_width: output[2], taps_y: kernel, taps_x: kernel, step: stride,
      offset_y: -padding, offset_x: -padding,
      dst_height: output[1], dst_width: output[2], outputs: outputChannels, dst_step: 1, dst_y: 0, dst_x: 0)
  }
}

// MARK: - Forward

/// Weights (kernel, kernel, in, out) laid out for the forward kernel of one instruction set.
public struct ForwardWeights: Sendable {
  public let geometry: Conv2DGeometry
  let packed: Tensor

  public init(_ weight: Tensor, _ geometry: Conv2DGeometry) {
    precondition(weight.shape == geometry.weightShape, "weights of \(weight.shape) are not \(geometry.weightShape)")
    self.geometry = geometry
    let depth = geometry.kernel * geometry.kernel * geometry.inputChannels
    var packed = Tensor(uninitialized: [s3n_packed_count(depth, geometry.outputChannels)])
    s3n_pack_forward(depth, geometry.outputChannels, weight.read, packed.write())
    keepAlive(weight)
    self.packed = packed
  }
}

/// y = conv(x), with bias (C), residual (as y) and ReLU applied while the results are in cache.
public func conv2d(
  _ x: Features, _ weights: ForwardWeights, bias: Tensor? = nil, residual: Tensor? = nil, relu: Bool = false
) -> Tensor {
  convolve(x, weights, s3n_epilogue(bias: bias?.read, residual: residual?.read, relu: relu ? 1 : 0, statistics: nil)) {
    keepAlive(bias, residual)
  }
}

/// y = conv(x) with the statistics per channel that batch norm needs, gathered while the results are in cache.
public func conv2dWithStatistics(_ x: Features, _ weights: ForwardWeights) -> (y: Tensor, statistics: BatchStatistics) {
  let output = weights.geometry.outputShape(x.tensor.shape)
  let rows = output[0] * output[1] * output[2]
  var blocks = Tensor(uninitialized: [s3n_conv_blocks(rows), 2, output[3]])
  let y = convolve(x, weights, s3n_epilogue(bias: nil, residual: nil, relu: 0, statistics: blocks.write())) {}
  return (y, BatchStatistics(blocks: blocks, blockRows: s3n_conv_block_rows(), rows: rows))
}

private func convolve(
  _ x: Features, _ weights: ForwardWeights, _ epilogue: s3n_epilogue, _ hold: () -> Void
) -> Tensor {
  var conv = weights.geometry.forwardKernel(x.tensor.shape)
  var y = Tensor(uninitialized: weights.geometry.outputShape(x.tensor.shape))
  x.withKernelArguments { address, reading in
    s3n_conv_run(&conv, address, reading, weights.packed.read, y.write(), epilogue)
  }
  keepAlive(weights.packed)
  hold()
  return y
}

// MARK: - Backward to the data

/// Weights laid out for backward to the data: one pack a phase of input pixels (stride x stride of them).
public struct BackwardWeights: Sendable {
  public let geometry: Conv2DGeometry

  struct Phase: Sendable {
    let y: Int, x: Int
    let firstTapY: Int, firstTapX: Int
    let taps: (y: Int, x: Int)
    let packed: Tensor
  }
  let phases: [Phase]

  public init(_ weight: Tensor, _ geometry: Conv2DGeometry) {
    precondition(weight.shape == geometry.weightShape, "weights of \(weight.shape) are not \(geometry.weightShape)")
    self.geometry = geometry
    let g = geometry
    func tapCount(_ first: Int) -> Int { first < g.kernel ? (g.kernel - first + g.stride - 1) / g.stride : 0 }
    phases = (0..<g.stride * g.stride).map { phase in
      let (y, x) = (phase / g.stride, phase % g.stride)
      let (firstY, firstX) = ((y + g.padding) % g.stride, (x + g.padding) % g.stride)
      let taps = (y: tapCount(firstY), x: tapCount(firstX))
      let depth = taps.y * taps.x * g.outputChannels
      var packed = Tensor(uninitialized: [s3n_packed_count(depth, g.inputChannels)])
      s3n_pack_backward(
        g.kernel, g.kernel, g.inputChannels, g.outputChannels, g.stride, firstY, firstX, weight.read, packed.write())
      return Phase(y: y, x: x, firstTapY: firstY, firstTapX: firstX, taps: taps, packed: packed)
    }
    keepAlive(weight)
  }
}

/// dx of conv(x) for an input of `inputShape`, plus `residual` (as dx) where there is one.
public func conv2dBackwardData(
  _ dy: Tensor, _ weights: BackwardWeights, inputShape: [Int], residual: Tensor? = nil
) -> Tensor {
  let g = weights.geometry
  precondition(dy.shape == g.outputShape(inputShape), "dy of \(dy.shape) does not belong to an input of \(inputShape)")
  var dx = Tensor(uninitialized: inputShape)
  let epilogue = s3n_epilogue(bias: nil, residual: residual?.read, relu: 0, statistics: nil)
  for phase in weights.phases {
    // Input pixel (u * stride + phase.y) is reached from output row u + (phase.y + padding - tap) / stride; the taps are
    // packed in reverse, so that the rows rise.
    let grid = (
      y: (inputShape[1] - phase.y + g.stride - 1) / g.stride, x: (inputShape[2] - phase.x + g.stride - 1) / g.stride
    )
    guard grid.y > 0, grid.x > 0 else { continue }
    var conv = s3n_conv(
      images: inputShape[0], src_height: dy.shape[1], src_width: dy.shape[2], channels: g.outputChannels,
      grid_height: grid.y, grid_width: grid.x, taps_y: phase.taps.y, taps_x: phase.taps.x, step: 1,
      offset_y: (phase.y + g.padding - phase.firstTapY) / g.stride - (phase.taps.y - 1),
      offset_x: (phase.x + g.padding - phase.firstTapX) / g.stride - (phase.taps.x - 1),
      dst_height: inputShape[1], dst_width: inputShape[2], outputs: g.inputChannels,
      dst_step: g.stride, dst_y: phase.y, dst_x: phase.x)
    s3n_conv_run(
      &conv, dy.read, s3n_reading(scale: nil, shift: nil, relu: 0), phase.packed.read, dx.write(), epilogue)
  }
  keepAlive(dy, residual)
  withExtendedLifetime(weights) {}
  return dx
}

// MARK: - Backward to the weights

/// dw += the gradient of conv(x) to its weights.
public func conv2dBackwardWeight(_ x: Features, _ dy: Tensor, _ geometry: Conv2DGeometry, into dw: inout Tensor) {
  precondition(dw.shape == geometry.weightShape, "dw of \(dw.shape) is not \(geometry.weightShape)")
  precondition(dy.shape == geometry.outputShape(x.tensor.shape), "dy of \(dy.shape) does not belong to x")
  var conv = geometry.forwardKernel(x.tensor.shape)
  var partials = Tensor(uninitialized: [s3n_conv_weight_partials(&conv)])
  x.withKernelArguments { address, reading in
    s3n_conv_weight_gradient(&conv, address, reading, dy.read, dw.write(), partials.write())
  }
  keepAlive(dy, partials)
}
