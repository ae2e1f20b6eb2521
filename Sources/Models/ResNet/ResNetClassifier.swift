import Layers
import Operators
import Tensors

/// A ResNet with one linear head and a label-smoothed loss: the baseline.
public final class ResNetClassifier: ImageClassifier {
  public let backbone: ResNet
  public let classifier: Classifier
  public let heads: [Head] = [.raw]

  public init(_ configuration: ResNetConfiguration, classes: Int, initial: Initialization) {
    backbone = ResNet(configuration, by: initial)
    classifier = Classifier(
      inputs: configuration.featureChannels, classes: classes, name: "classifier", by: initial)
  }

  public var precision: Precision {
    get { backbone.precision }
    set { backbone.precision = newValue }
  }

  public var parameters: [Parameter] { backbone.parameters + classifier.parameters }
  public var buffers: [Buffer] { backbone.buffers + classifier.buffers }
  public var parametersByBackward: [Parameter] { classifier.parameters + backbone.parametersByBackward }

  public func trainingPass(_ images: Tensor, labels: [Int], _ context: PassContext) -> TrainingPass {
    let clock = context.clock
    let (features, tape) = clock.measure(.backboneOriginal) { backbone.forward(images, context.running) }
    context.trace?.features = features.converted(to: .fp32)
    let pooled = clock.measure(.heads) { globalAveragePool(Features(features)) }
    let logits = clock.measure(.heads) { [Head.raw: classifier.forward(pooled)] }
    let losses = clock.measure(.loss) { HeadLosses(logits, labels: labels, context) }
    let dPooled = clock.measure(.heads) { classifier.backward(losses[.raw], x: pooled) }
    context.gradientsAreFinal(classifier.parameters)
    clock.measure(.backwardOriginal) {
      let dFeatures = globalAveragePoolBackward(dPooled, inputShape: features.shape, precision)
      _ = backbone.backward(dFeatures, tape, needsImages: false, isDone: context.gradientsAreFinal)
    }
    return TrainingPass(logits: logits, losses: losses.losses)
  }

  public func predict(_ images: Tensor, _ context: PassContext) -> [Head: Tensor] {
    let features = context.clock.measure(.backboneOriginal) { backbone.evaluate(images) }
    context.trace?.features = features.converted(to: .fp32)
    return context.clock.measure(.heads) { [.raw: classifier.forward(globalAveragePool(Features(features)))] }
  }
}
