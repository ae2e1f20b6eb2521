import Layers
import Operators
import Tensors

/// A ResNet without its head: maps images (N, H, W, 3) to features (N, h, w, C) of its precision. h and w are given by
/// `featureSide`: H/32 and W/32 for four stages.
///
/// State-dict names are the released code's: `features.0` is the stem's convolution and `features.4` ... `features.7`
/// the stages; torchvision calls them `conv1` and `layer1` ... `layer4`.
public final class ResNet: Module {
  public let configuration: ResNetConfiguration
  /// The precision of stored features and their gradients; parameters are always floats.
  public var precision = Precision.fp32
  private let stem: ConvNorm
  private let pool = MaxPool2D(kernel: 3, stride: 2, padding: 1)
  private let blocks: [ResidualBlock]

  public init(_ configuration: ResNetConfiguration, by initial: Initialization) {
    self.configuration = configuration
    stem = ConvNorm(configuration.stem, by: initial)
    blocks = configuration.blocks.map { ResidualBlock($0, by: initial) }
  }

  public var parameters: [Parameter] { stem.parameters + blocks.flatMap(\.parameters) }
  public var buffers: [Buffer] { stem.buffers + blocks.flatMap(\.buffers) }
  /// The parameters in the order in which `backward` finishes their gradients.
  var parametersByBackward: [Parameter] { blocks.reversed().flatMap(\.parameters) + stem.parameters }

  /// The intermediate results of a training forward pass that backward needs.
  public struct Tape {
    fileprivate let stem: ConvNorm.Tape
    fileprivate let choice: MaxPool2D.Choice
    fileprivate var pullbacks: [Pullback]
  }

  public func forward(_ images: Tensor, _ running: RunningStatistics) -> (features: Tensor, tape: Tape) {
    let (stemOutput, stemTape) = stem.forward(Features(images.converted(to: precision)), relu: true, running)
    let (pooled, choice) = pool.forward(stemOutput)
    var features = pooled
    var tape = Tape(stem: stemTape, choice: choice, pullbacks: [])
    for block in blocks {
      let (z, pullback) = block.forward(features, running)
      features = z
      tape.pullbacks.append(pullback)
    }
    return (features, tape)
  }

  /// Adds the gradients to the parameters; returns the images' gradient, or nil unless `needsImages`. Each block's tape
  /// is freed once its part is done, and `isDone` receives the parameters of each part.
  public func backward(
    _ dFeatures: consuming Tensor, _ tape: consuming Tape, needsImages: Bool,
    isDone: ([Parameter]) -> Void = { _ in }
  ) -> Tensor? {
    var gradient = dFeatures
    var tape = tape
    while let pullback = tape.pullbacks.popLast() {
      gradient = pullback(consume gradient)
      isDone(blocks[tape.pullbacks.count].parameters)
    }
    let dStem = pool.backward(gradient, tape.choice)
    let dImages = stem.backward(
      consume dStem, tape.stem, mask: .recomputed, needsInput: needsImages)?.converted(to: .fp32)
    isDone(stem.parameters)
    return dImages
  }

  public func evaluate(_ images: Tensor) -> Tensor {
    var features = pool.forward(Features(stem.evaluate(images.converted(to: precision), relu: true))).y
    for block in blocks { features = block.evaluate(features) }
    return features
  }
}
