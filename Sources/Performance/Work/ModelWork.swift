import Models
import Operators
import Tensors
import Timing

/// The work of each stage of a step, computed from the model's configuration; stages without an entry do almost no work
/// and are not counted.
public struct ModelWork: Sendable {
  public private(set) var stages: [Stage: Work] = [:]

  /// The work of the whole step.
  public var step: Work { stages.values.reduce(.none, +) }

  public subscript(stage: Stage) -> Work? { stage == .step ? step : stages[stage] }

  private mutating func add(_ work: Work, to stage: Stage) { stages[stage, default: .none] += work }

  // MARK: The plain network

  /// A ResNet with one linear head, for square images.
  public init(
    resnet configuration: ResNetConfiguration, _ precision: Precision = .fp32, classes: Int, images: Int, size: Int,
    phase: Phase, parameters: Int
  ) {
    let backbone = ResNetWork(configuration, images: images, height: size, width: size)
    let head = Self.linear(images, configuration.featureChannels, classes)
    add((phase == .train ? backbone.forward : backbone.evaluate).stored(as: precision), to: .backboneOriginal)
    add(head, to: .heads)
    guard phase == .train else { return }
    add(2 * head, to: .heads)
    add(backbone.backward(needsImages: false).stored(as: precision), to: .backwardOriginal)
    add(Self.update(parameters), to: .update)
  }

  // MARK: S3N

  /// An S3N for square images; unless `isWarped`, its sampled passes use the original images.
  public init(
    s3n configuration: S3NConfiguration, _ precision: Precision = .fp32, isWarped: Bool = true, images: Int, size: Int,
    phase: Phase, parameters: Int
  ) {
    self.init(
      resnet: configuration.backbone, precision, classes: configuration.classes, images: images, size: size,
      phase: phase, parameters: parameters)
    let (channels, classes) = (configuration.backbone.featureChannels, configuration.classes)
    let backbone = ResNetWork(configuration.backbone, images: images, height: size, width: size)
    let features = backbone.features
    let buffer = ConvolutionShape(configuration.backbone.buffer(of: .discriminative).geometry, input: features)
    let smoothing = SmoothingWork(
      configuration.smoothing, images: images, gridSide: configuration.gridSide, filterSide: 61)
    let resampling = ResamplingWork(images: images, height: size, width: size)
    let passes = phase == .train ? 3 : 1

    add(Self.linear(images * features[1] * features[2], channels, classes), to: .responseMap)
    add(passes * Self.linear(images, channels * (1 + configuration.branches.count), classes), to: .heads)
    for branch in configuration.branches {
      let stages = branch.stages
      if isWarped {
        add(smoothing.forward, to: .grid)
        add(resampling.forward, to: .sample)
      }
      let forward = (phase == .train ? backbone.forward : backbone.evaluate) + buffer.forward
      add(forward.stored(as: precision), to: stages.forward)
      add(passes * Self.linear(images, channels, classes), to: .heads)
      guard phase == .train else { continue }
      let backward = backbone.backward(needsImages: isWarped) + buffer.backward(needsInput: true)
      add(backward.stored(as: precision), to: stages.backward)
      if isWarped { add(resampling.backward + smoothing.backward, to: .backwardSampling) }
    }
  }

  // MARK: Parts

  /// Returns the work of a linear layer on `rows` inputs.
  static func linear(_ rows: Int, _ inputs: Int, _ outputs: Int) -> Work {
    Work(
      flops: 2 * Double(rows) * Double(inputs) * Double(outputs), floats: rows * (inputs + outputs) + inputs * outputs)
  }

  /// Zeroing the gradients, then reading value, gradient and velocity, and writing value and velocity.
  static func update(_ parameters: Int) -> Work { Work(flops: 6 * Double(parameters), floats: 6 * parameters) }
}
