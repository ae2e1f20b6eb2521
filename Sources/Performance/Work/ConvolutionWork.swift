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

  /// Of one pass; padding counts as if it were pixels, as profilers do.
  var flops: Double { 2 * Double(outputs) * Double(weights / geometry.outputChannels) }

  /// y = conv(x): the statistics or the folded batch norm cost no pass of their own.
  public var forward: Work { Work(flops: flops, floats: inputs + weights + outputs) }
  /// dx for dy.
  public var backwardData: Work { Work(flops: flops, floats: outputs + weights + inputs) }
  /// dw for x and dy.
  public var backwardWeight: Work { Work(flops: flops, floats: inputs + outputs + weights) }
  /// The batch norm behind it: sums over dz and y, then dy from them.
  public var normBackward: Work { Work(floats: 5 * outputs) }

  /// The layer with its batch norm, backward.
  func backward(needsInput: Bool) -> Work { normBackward + backwardWeight + (needsInput ? backwardData : .none) }

  /// Kernel, channels and the pixels of the input: "3x3 stride 2, 128 to 128 channels, 112x112".
  var title: String {
    let g = geometry
    return
      "\(g.kernel)x\(g.kernel)\(g.stride > 1 ? " stride \(g.stride)" : ""), "
      + "\(g.inputChannels) to \(g.outputChannels) channels, \(input[1])x\(input[2])"
  }
}
