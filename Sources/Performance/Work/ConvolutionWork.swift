import Operators

/// A convolution layer at its place in a network: geometry and input (N, H, W, C).
public struct ConvolutionShape: Hashable, Sendable {
  public let geometry: Conv2DGeometry
  public let input: [Int]

  public init(_ geometry: Conv2DGeometry, input: [Int]) {
    self.geometry = geometry
    self.input = input
  }

  public var output: [Int] { geometry.outputShape(input) }
  var inputs: Int { input.reduce(1, *) }
  var outputs: Int { output.reduce(1, *) }
  var weights: Int { geometry.weightShape.reduce(1, *) }

  /// The operations of one pass; padding counts as pixels, as in profilers.
  var flops: Double { 2 * Double(outputs) * Double(weights / geometry.outputChannels) }

  /// y = conv(x). The statistics or the folded batch norm need no separate pass.
  public var forward: Work { Work(flops: flops, floats: inputs + weights + outputs) }
  /// dx from dy.
  public var backwardData: Work { Work(flops: flops, floats: outputs + weights + inputs) }
  /// dw from x and dy.
  public var backwardWeight: Work { Work(flops: flops, floats: inputs + outputs + weights) }
  /// The backward pass of the following batch norm: sums over dz and y, then dy from them.
  public var normBackward: Work { Work(floats: 5 * outputs) }

  /// The backward pass of the layer and its batch norm.
  func backward(needsInput: Bool) -> Work { normBackward + backwardWeight + (needsInput ? backwardData : .none) }

  /// Kernel, channels and input size: "3x3 stride 2, 128 to 128 channels, 112x112".
  var title: String {
    let g = geometry
    return
      "\(g.kernel)x\(g.kernel)\(g.stride > 1 ? " stride \(g.stride)" : ""), "
      + "\(g.inputChannels) to \(g.outputChannels) channels, \(input[1])x\(input[2])"
  }
}
