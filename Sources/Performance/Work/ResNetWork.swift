import Models
import Operators

/// The convolutions and residual joins of a ResNet for a batch of images, from its configuration.
public struct ResNetWork: Sendable {
  /// The convolutions in forward order.
  public private(set) var convolutions: [ConvolutionShape] = []
  /// The number of floats of each block's output.
  private var joints: [Int] = []
  /// The number of floats that max pooling reads and writes.
  private var pooling = (input: 0, output: 0)
  /// The shape (N, h, w, C) of the features.
  public private(set) var features: [Int]

  public init(_ configuration: ResNetConfiguration, images: Int, height: Int, width: Int) {
    features = [images, height, width, 3]
    features = append(configuration.stem.geometry, to: features)
    pooling.input = features.reduce(1, *)
    features = [images, (features[1] + 1) / 2, (features[2] + 1) / 2, configuration.width]
    pooling.output = features.reduce(1, *)
    for block in configuration.blocks {
      let input = features
      for layer in block.branch { features = append(layer.geometry, to: features) }
      if let downsample = block.downsample { _ = append(downsample.geometry, to: input) }
      joints.append(features.reduce(1, *))
    }
  }

  private mutating func append(_ geometry: Conv2DGeometry, to input: [Int]) -> [Int] {
    let shape = ConvolutionShape(geometry, input: input)
    convolutions.append(shape)
    return shape.output
  }

  /// The floats that a training forward pass keeps for the backward pass: outputs of convolutions, joins, pooling.
  var keptFloats: Int { convolutions.reduce(pooling.output) { $0 + $1.outputs } + joints.reduce(0, +) }
  var largestOutput: Int { convolutions.map(\.outputs).max() ?? 0 }

  /// A forward pass in training. Each join reads the branch and the shortcut and writes their sum; in evaluation, the
  /// block's last convolution does that.
  public var forward: Work { evaluate + joints.reduce(.none) { $0 + Work(floats: 2 * $1) } }

  /// A forward pass with running statistics.
  public var evaluate: Work {
    convolutions.reduce(Work(floats: pooling.input + pooling.output)) { $0 + $1.forward }
      + joints.reduce(.none) { $0 + Work(floats: $1) }
  }

  /// A backward pass; without `needsImages`, it omits the first layer's gradient with respect to the images.
  public func backward(needsImages: Bool) -> Work {
    var work = Work(floats: pooling.input + pooling.output)
    for (index, shape) in convolutions.enumerated() { work += shape.backward(needsInput: index > 0 || needsImages) }
    // The join's gate reads its output and writes the gated gradient, which the shortcut's sum reads.
    return joints.reduce(work) { $0 + Work(floats: 3 * $1) }
  }
}
