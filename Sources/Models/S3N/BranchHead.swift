import Layers
import Operators
import Tensors

/// A branch's own layers: a 3x3 convolution of stride 2 on the backbone's features, pooling, and a linear head.
final class BranchHead: Module {
  let buffer: ConvNorm
  let classifier: Classifier

  init(_ branch: Branch, on backbone: ResNetConfiguration, classes: Int, by initial: Initialization) {
    buffer = ConvNorm(backbone.buffer(of: branch), start: .pytorchDefault, by: initial)
    classifier = Classifier(
      inputs: backbone.featureChannels, classes: classes, name: "sampler_classifier\(branch.nameSuffix)", by: initial)
  }

  var parameters: [Parameter] { buffer.parameters + classifier.parameters }
  var buffers: [Buffer] { buffer.buffers }

  /// Returns the pooled features (N, C).
  func forward(_ features: Tensor, _ running: RunningStatistics) -> (pooled: Tensor, tape: Tape) {
    defer { buffer.releasePackedWeights() }
    let (z, tape) = buffer.forward(Features(features), relu: true, running)
    return (globalAveragePool(z), Tape(buffer: tape, output: z.tensor))
  }

  struct Tape {
    fileprivate let buffer: ConvNorm.Tape
    fileprivate let output: Tensor
  }

  /// Returns the gradient of the backbone's features from that of the pooled features.
  func backward(_ dPooled: Tensor, _ tape: Tape) -> Tensor {
    defer { buffer.releasePackedWeights() }
    let dz = globalAveragePoolBackward(dPooled, inputShape: tape.output.shape, tape.output.precision)
    guard let dx = buffer.backward(consume dz, tape.buffer, mask: .recomputed) else {
      preconditionFailure("the gradient to the backbone is always wanted")
    }
    return dx
  }

  func evaluate(_ features: Tensor) -> Tensor {
    globalAveragePool(Features(buffer.evaluate(features, relu: true)))
  }
}
