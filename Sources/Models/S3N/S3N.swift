import Layers
import Operators
import Tensors
import Timing

/// Selective Sparse Sampling Networks (Ding et al., ICCV 2019): one backbone sees the image and versions of it
/// resampled towards the peaks of its class response maps, and a joint head classifies the features of all passes.
public final class S3N: ImageClassifier {
  public let configuration: S3NConfiguration
  public let backbone: ResNet
  public let sampler: SelectiveSampler
  private let rawClassifier: Classifier
  private let branchHeads: [BranchHead]
  private let jointClassifier: Classifier

  public init(_ configuration: S3NConfiguration, initial: Initialization) {
    self.configuration = configuration
    let (channels, classes) = (configuration.backbone.featureChannels, configuration.classes)
    backbone = ResNet(configuration.backbone, by: initial)
    sampler = SelectiveSampler(configuration)
    rawClassifier = Classifier(inputs: channels, classes: classes, name: "raw_classifier", by: initial)
    branchHeads = configuration.branches.map {
      BranchHead($0, on: configuration.backbone, classes: classes, by: initial)
    }
    jointClassifier = Classifier(
      inputs: channels * (1 + branchHeads.count), classes: classes, name: "con_classifier", by: initial)
  }

  public var precision: Precision {
    get { backbone.precision }
    set { backbone.precision = newValue }
  }

  public var heads: [Head] { [.joint, .raw] + configuration.branches.map(\.head) }

  private var modules: [any Module] { [backbone, rawClassifier] + branchHeads + [sampler, jointClassifier] }
  public var parameters: [Parameter] { modules.flatMap(\.parameters) }
  public var buffers: [Buffer] { modules.flatMap(\.buffers) }
  public var parametersByBackward: [Parameter] {
    jointClassifier.parameters + rawClassifier.parameters + branchHeads.reversed().flatMap(\.parameters)
      + sampler.parameters + backbone.parametersByBackward
  }

  /// Applies the raw classifier to features as a 1x1 convolution with bias: (N, h, w, C) to (N, h, w, K).
  public func classResponseMaps(_ features: Tensor) -> Tensor {
    let shape = features.shape
    let rows = features.converted(to: .fp32).reshaped([shape[0] * shape[1] * shape[2], shape[3]])
    let logits = rawClassifier.forward(rows)
    return logits.reshaped([shape[0], shape[1], shape[2], configuration.classes])
  }

  /// Returns where the branches look, given the features of the original image.
  public func sampling(_ features: Tensor, _ context: PassContext) -> SelectiveSampler.Sampling {
    let maps = context.clock.measure(.responseMap) { classResponseMaps(features) }
    let sampling = sampler.sampling(maps, branches: configuration.branches, context)
    context.trace?.features = features.converted(to: .fp32)
    context.trace?.classResponseMaps = maps
    context.trace?.sampling = sampling
    return sampling
  }

  private func logits(_ pooled: [Tensor]) -> [Head: Tensor] {
    var logits: [Head: Tensor] = [.joint: jointClassifier.forward(concatenated(pooled))]
    logits[.raw] = rawClassifier.forward(pooled[0])
    for (index, branch) in configuration.branches.enumerated() {
      logits[branch.head] = branchHeads[index].classifier.forward(pooled[index + 1])
    }
    return logits
  }

  // MARK: Training

  /// A branch's forward pass, kept for backward.
  private struct BranchTape {
    let branchSampling: SelectiveSampler.BranchSampling
    let backbone: ResNet.Tape
    let head: BranchHead.Tape
  }

  public func trainingPass(_ images: Tensor, labels: [Int], _ context: PassContext) -> TrainingPass {
    let clock = context.clock
    let (features, rawTape) = clock.measure(.backboneOriginal) { backbone.forward(images, context.running) }
    var pooled = [clock.measure(.heads) { globalAveragePool(Features(features)) }]
    let branchSamplings = sampling(features, context).branches

    var tapes: [BranchTape] = []
    for (index, branchSampling) in branchSamplings.enumerated() {
      let sampled = clock.measure(.sample) { sampler.sample(images, branchSampling) }
      context.trace?.sampled[branchSampling.branch] = sampled
      clock.measure(branchSampling.branch.stages.forward) {
        let (branchFeatures, tape) = backbone.forward(sampled, context.running)
        let (branchPooled, headTape) = branchHeads[index].forward(branchFeatures, context.running)
        pooled.append(branchPooled)
        tapes.append(BranchTape(branchSampling: branchSampling, backbone: tape, head: headTape))
      }
    }

    let logits = clock.measure(.heads) { self.logits(pooled) }
    let losses = clock.measure(.loss) { HeadLosses(logits, labels: labels, context) }
    let dPooled = clock.measure(.heads) { headsBackward(losses, pooled) }
    context.gradientsAreFinal(jointClassifier.parameters + rawClassifier.parameters)

    for index in tapes.indices.reversed() {
      let tape = tapes.removeLast()
      let dSampled = clock.measure(tape.branchSampling.branch.stages.backward) {
        let dFeatures = branchHeads[index].backward(dPooled[index + 1], tape.head)
        context.gradientsAreFinal(branchHeads[index].parameters)
        return backbone.backward(dFeatures, tape.backbone, needsImages: sampler.needsGradient(tape.branchSampling))
      }
      guard let dSampled else { continue }
      clock.measure(.backwardSampling) { sampler.backward(dSampled, images: images, tape.branchSampling) }
    }
    context.gradientsAreFinal(sampler.parameters)
    clock.measure(.backwardOriginal) {
      let dFeatures = globalAveragePoolBackward(dPooled[0], inputShape: features.shape, precision)
      _ = backbone.backward(dFeatures, rawTape, needsImages: false, isDone: context.gradientsAreFinal)
    }
    return TrainingPass(logits: logits, losses: losses.losses)
  }

  /// Returns the gradients of each pass's pooled features, from its own head and the joint one.
  private func headsBackward(_ losses: HeadLosses, _ pooled: [Tensor]) -> [Tensor] {
    let dJoint = jointClassifier.backward(losses[.joint], x: concatenated(pooled))
    return pooled.indices.map { pass in
      let classifier = pass == 0 ? rawClassifier : branchHeads[pass - 1].classifier
      let head = pass == 0 ? Head.raw : configuration.branches[pass - 1].head
      var gradient = classifier.backward(losses[head], x: pooled[pass])
      add(part(pass, of: dJoint, shape: gradient.shape), to: &gradient)
      return gradient
    }
  }

  // MARK: Evaluation

  public func predict(_ images: Tensor, _ context: PassContext) -> [Head: Tensor] {
    let features = context.clock.measure(.backboneOriginal) { backbone.evaluate(images) }
    return predict(images, features: features, context)
  }

  /// Predicts from the backbone's features of the images, computed earlier.
  public func predict(_ images: Tensor, features: Tensor, _ context: PassContext) -> [Head: Tensor] {
    let clock = context.clock
    var pooled = [clock.measure(.heads) { globalAveragePool(Features(features)) }]
    for (index, branchSampling) in sampling(features, context).branches.enumerated() {
      let sampled = clock.measure(.sample) { sampler.sample(images, branchSampling) }
      context.trace?.sampled[branchSampling.branch] = sampled
      clock.measure(branchSampling.branch.stages.forward) {
        pooled.append(branchHeads[index].evaluate(backbone.evaluate(sampled)))
      }
    }
    return clock.measure(.heads) { logits(pooled) }
  }
}

extension Branch {
  /// The stages under which this branch's passes through the backbone are timed.
  public var stages: (forward: Stage, backward: Stage) {
    switch self {
    case .discriminative: (.backboneDiscriminative, .backwardDiscriminative)
    case .complementary: (.backboneComplementary, .backwardComplementary)
    }
  }
}

/// Concatenates the pooled features (N, C) of several passes: (N, passes * C).
private func concatenated(_ pooled: [Tensor]) -> Tensor {
  let (rows, channels) = (pooled[0].shape[0], pooled[0].shape[1])
  var joined = Tensor(uninitialized: [rows, channels * pooled.count])
  let to = joined.write()
  for (pass, features) in pooled.enumerated() {
    for row in 0..<rows {
      (to + (row * pooled.count + pass) * channels).update(from: features.read + row * channels, count: channels)
    }
    keepAlive(features)
  }
  keepAlive(joined)
  return joined
}

/// Returns the columns (N, C) of one pass from those of all passes, the inverse of `concatenated`.
private func part(_ pass: Int, of joined: Tensor, shape: [Int]) -> Tensor {
  let (channels, distance) = (shape[1], joined.shape[1])
  var part = Tensor(uninitialized: shape)
  let to = part.write()
  for row in 0..<shape[0] {
    (to + row * channels).update(from: joined.read + row * distance + pass * channels, count: channels)
  }
  keepAlive(joined, part)
  return part
}
