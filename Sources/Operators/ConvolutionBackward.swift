import CKernels
import Tensors

// MARK: - Backward to the data

/// Weights laid out for backward to the data.
///
/// The direct algorithm splits a convolution of stride s into s x s phases of input pixels, each a convolution with the
/// taps that reach it; with few input channels the phases are combined (`InterleavedBackward`). Winograd's gradient is
/// one run with rotated weights, whose tiles hold all phases.
public struct BackwardWeights: Sendable {
  public let geometry: Conv2DGeometry
  /// The gradients' precision, to which the weights are rounded too.
  public let precision: Precision
  public let algorithm: Conv2DAlgorithm

  struct Phase: Sendable {
    let y: Int, x: Int
    let taps: (y: Int, x: Int)
    /// The first row and column of dy that reach the phase's first pixel.
    let offset: (y: Int, x: Int)
    let packed: Tensor
  }
  let phases: [Phase]
  let interleaved: InterleavedBackward?

  /// Whether the phases are combined into one convolution.
  public var isInterleaved: Bool { interleaved != nil }

  /// Packs the weights for `algorithm`, which must apply, or for the best one that does.
  public init(
    _ weight: Tensor, _ geometry: Conv2DGeometry, _ precision: Precision = .fp32, by algorithm: Conv2DAlgorithm? = nil
  ) {
    precondition(weight.shape == geometry.weightShape, "weights of \(weight.shape) are not \(geometry.weightShape)")
    self.geometry = geometry
    self.precision = precision
    self.algorithm = .applicable(algorithm, to: geometry, precision)
    interleaved = algorithm == nil ? InterleavedBackward(weight, geometry, precision) : nil
    let g = geometry
    guard interleaved == nil else {
      phases = []
      return
    }
    func tapCount(_ first: Int) -> Int { first < g.kernel ? (g.kernel - first + g.stride - 1) / g.stride : 0 }
    switch self.algorithm {
    case .direct:
      phases = (0..<g.stride * g.stride).map { phase in
        let (y, x) = (phase / g.stride, phase % g.stride)
        let (firstY, firstX) = ((y + g.padding) % g.stride, (x + g.padding) % g.stride)
        let taps = (y: tapCount(firstY), x: tapCount(firstX))
        let depth = taps.y * taps.x * g.outputChannels
        var packed = Tensor(uninitialized: [s3n_packed_count(precision.kernelValue, depth, g.inputChannels)])
        s3n_pack_backward(
          precision.kernelValue, g.kernel, g.kernel, g.inputChannels, g.outputChannels, g.stride, firstY, firstX,
          weight.read, packed.write())
        // Input row u * stride + y is reached from output row u + (y + padding - tap) / stride; the taps are packed in
        // reverse, so that rows ascend.
        let offset = (
          y: (y + g.padding - firstY) / g.stride - (taps.y - 1), x: (x + g.padding - firstX) / g.stride - (taps.x - 1)
        )
        return Phase(y: y, x: x, taps: taps, offset: offset, packed: packed)
      }
    case .winograd:
      var packed = Tensor(uninitialized: [s3n_winograd_weights_count(g.outputChannels, g.inputChannels)])
      s3n_winograd_pack_backward(
        precision.kernelValue, g.stride, g.inputChannels, g.outputChannels, weight.read, packed.write())
      let offset = g.stride == 1 ? g.padding - (g.kernel - 1) : 0
      phases = [Phase(y: 0, x: 0, taps: (g.kernel, g.kernel), offset: (offset, offset), packed: packed)]
    }
    keepAlive(weight)
  }
}

/// Returns dx of conv(x), in dy's precision, for an input of `inputShape`, plus `residual` (shaped like dx) if given.
public func conv2dBackwardData(
  _ dy: Tensor, _ weights: BackwardWeights, inputShape: [Int], residual: Tensor? = nil
) -> Tensor {
  let g = weights.geometry
  precondition(dy.shape == g.outputShape(inputShape), "dy of \(dy.shape) does not belong to an input of \(inputShape)")
  precondition(weights.precision == dy.precision, "weights for \(weights.precision) read \(dy.precision)")
  residual?.requireLayout(inputShape, dy.precision, "the residual")
  if let interleaved = weights.interleaved {
    let dx = interleaved.dx(dy, inputShape: inputShape)
    guard let residual else { return dx }
    var sum = dx.converted(to: .fp32)
    add(residual.converted(to: .fp32), to: &sum)
    return sum.converted(to: dy.precision)
  }
  var dx = Tensor(uninitialized: inputShape, dy.precision)
  let epilogue = s3n_epilogue(bias: nil, residual: residual?.address, relu: 0, statistics: nil)
  let plain = s3n_prologue(scale: nil, shift: nil, relu: 0)
  for phase in weights.phases {
    let grid = (
      y: (inputShape[1] - phase.y + g.stride - 1) / g.stride, x: (inputShape[2] - phase.x + g.stride - 1) / g.stride
    )
    guard grid.y > 0, grid.x > 0 else { continue }
    var conv = s3n_conv(
      images: inputShape[0], src_height: dy.shape[1], src_width: dy.shape[2], channels: g.outputChannels,
      grid_height: grid.y, grid_width: grid.x, taps_y: phase.taps.y, taps_x: phase.taps.x, step: 1,
      offset_y: phase.offset.y, offset_x: phase.offset.x,
      dst_height: inputShape[1], dst_width: inputShape[2], outputs: g.inputChannels,
      dst_step: g.stride, dst_y: phase.y, dst_x: phase.x, precision: dy.precision.kernelValue)
    switch weights.algorithm {
    case .direct: s3n_conv_run(&conv, dy.address, plain, phase.packed.read, dx.writeAddress(), epilogue)
    case .winograd: s3n_winograd_run(&conv, dy.address, plain, phase.packed.read, dx.writeAddress(), epilogue)
    }
  }
  keepAlive(dy, residual)
  withExtendedLifetime(weights) {}
  return dx
}

// MARK: - Backward to the weights

/// Adds the gradient of conv(x) with respect to its weights to dw, by `algorithm`, which must apply, or the best one
/// that does. dw holds floats; x and dy have the same precision.
public func conv2dBackwardWeight(
  _ x: Features, _ dy: Tensor, _ geometry: Conv2DGeometry, by algorithm: Conv2DAlgorithm? = nil, into dw: inout Tensor
) {
  precondition(dw.shape == geometry.weightShape, "dw of \(dw.shape) is not \(geometry.weightShape)")
  precondition(dy.shape == geometry.outputShape(x.tensor.shape), "dy of \(dy.shape) does not belong to x")
  precondition(dy.precision == x.tensor.precision, "dy is \(dy.precision), x \(x.tensor.precision)")
  var conv = geometry.forwardKernel(x.tensor.shape, dy.precision)
  x.withKernelArguments { address, prologue in
    switch Conv2DAlgorithm.applicable(algorithm, to: geometry, dy.precision) {
    case .direct:
      var partials = Tensor(uninitialized: [s3n_conv_weight_partials(&conv)])
      s3n_conv_weight_gradient(&conv, address, prologue, dy.address, dw.write(), partials.write())
      keepAlive(partials)
    case .winograd:
      let blocks = s3n_winograd_gradient_blocks(&conv)
      var workspace = Tensor(uninitialized: [s3n_winograd_gradient_workspace(&conv, blocks)])
      s3n_winograd_weight_gradient(&conv, address, prologue, dy.address, dw.write(), workspace.write(), blocks)
      keepAlive(workspace)
    }
  }
  keepAlive(dy)
}
