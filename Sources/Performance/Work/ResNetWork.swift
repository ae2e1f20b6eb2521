import Models
import Operators

/// The convolutions and joints of a ResNet for a batch of images, from its configuration.
public struct ResNetWork: Sendable {
  /// In the order of the forward pass.
  public private(set) var convolutions: [ConvolutionShape] = []
  /// Floats of each block's output.
  private var joints: [Int] = []
  /// Floats that max pooling reads and writes.
  private var pooling = (input: 0, output: 0)
  /// (N, h, w, C)
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

  /// Floats that a forward pass in training keeps for the backward pass: the convolutions' outputs and the joints.
  var keptFloats: Int { convolutions.reduce(pooling.output) { $0 + $1.outputs } + joints.reduce(0, +) }
  var largestOutput: Int { convolutions.map(\.outputs).max() ?? 0 }

  /// A forward pass in training: each joint reads the branch and the shortcut and writes their sum, which in evaluation
  /// the last convolution of the block does.
  public var forward: Work { evaluate + joints.reduce(.none) { $0 + Work(floats: 2 * $1) } }

  /// A forward pass by running statistics.
  public var evaluate: Work {
    convolutions.reduce(Work(floats: pooling.input + pooling.output)) { $0 + $1.forward }
      + joints.reduce(.none) { $0 + Work(floats: $1) }
  }

  /// A backward pass; the first layer's gradient to the images is left out unless `needsImages`.
  public func backward(needsImages: Bool) -> Work {
    var work = Work(floats: pooling.input + pooling.output)
    for (index, shape) in convolutions.enumerated() { work += shape.backward(needsInput: index > 0 || needsImages) }
    // A joint's gate reads its output and writes the gated gradient, which the shortcut's sum reads.
    return joints.reduce(work) { $0 + Work(floats: 3 * $1) }
  }
}
