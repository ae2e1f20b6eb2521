import Models
import ONNXFiles
import Operators
import Tensors
import WeightFiles

/// A model in eval mode as an ONNX graph: images (N, 3, size, size), normalised as for ImageNet, to logits per head.
///
/// N is open. The output `logits` is the head whose prediction counts; the other heads have their own names.
public struct ModelGraph {
  /// Height and width of the images.
  public let size: Int
  /// The outputs and their heads, in order.
  public let outputs: [(name: String, head: Head)]
  private let builder: GraphBuilder

  /// Operator set 17; the oldest one with every operator used here is 16, for GridSample.
  private static let operatorSet = 17

  /// A ResNet with one linear head.
  public init(_ model: ResNetClassifier, size: Int) {
    self.init(model, size: size) { builder, images in
      let pooled = builder.pooled(builder.backbone(images, model.backbone.configuration))
      return [.raw: builder.linear(pooled, "classifier")]
    }
  }

  /// S3N with `sampling`; throws `randomSampling` at p = 1, and `control` unless it looks at peaks or is `identity`.
  public init(_ model: S3N, size: Int, sampling: SamplingRule) throws(ExportError) {
    let policy: PeakPolicy?
    switch sampling {
    case .peaks(.stochasticSplit): throw .randomSampling
    case .peaks(let deterministic): policy = deterministic
    case .identity: policy = nil
    case .randomPeaks, .centreZoom, .annotated, .given: throw .control
    }
    self.init(model, size: size) { builder, images in builder.s3n(model, images, size: size, policy) }
  }

  private init<Model: ImageClassifier>(
    _ model: Model, size: Int, heads: (inout GraphBuilder, ONNXValue) -> [Head: ONNXValue]
  ) {
    var builder = GraphBuilder(
      name: "S3N bench", state: Dictionary(uniqueKeysWithValues: ModuleState.entries(of: model)))
    let images = builder.input("images", [.named("batch"), .fixed(3), .fixed(size), .fixed(size)])
    let logits = heads(&builder, images)
    var outputs: [(name: String, head: Head)] = []
    for (index, head) in model.heads.enumerated() {
      guard let value = logits[head] else { continue }
      let name = index == 0 ? "logits" : head.rawValue
      builder.output(value, name, [.named("batch"), .named("classes")])
      outputs.append((name, head))
    }
    self.size = size
    self.outputs = outputs
    self.builder = builder
  }

  /// Writes the model with `metadata`.
  public func write(to path: String, metadata: [String: String]) throws(WeightFileError) {
    try writeONNX(builder.graph, operatorSet: Self.operatorSet, metadata: metadata, to: path)
  }
}

extension GraphBuilder {
  /// All passes and heads of S3N; without a policy every pass sees the unwarped image.
  fileprivate mutating func s3n(
    _ model: S3N, _ images: ONNXValue, size: Int, _ policy: PeakPolicy?
  ) -> [Head: ONNXValue] {
    let configuration = model.configuration
    let side = configuration.gridSide
    let features = backbone(images, configuration.backbone)
    var pooled = [self.pooled(features)]
    var logits = [Head.raw: linear(pooled[0], "raw_classifier")]
    let peaks = policy.map { _ in
      let cells = configuration.backbone.featureSide(of: size)
      let response = response(features, cells: (cells, cells), side: side, classes: configuration.classes)
      return self.peaks(response, side: side)
    }
    for branch in configuration.branches {
      var seen = images
      if let policy, let peaks {
        let offsets = offsets(ofGaussians: gaussians(peaks, branch, policy), floor: configuration.floor, side: side)
        seen = sampled(images, offsets: offsets, side: side, size: size)
      }
      let branchFeatures = convolution(
        backbone(seen, configuration.backbone), configuration.backbone.buffer(of: branch), relu: true)
      let branchPooled = self.pooled(branchFeatures)
      logits[branch.head] = linear(branchPooled, "sampler_classifier\(branch.nameSuffix)")
      pooled.append(branchPooled)
    }
    let joined = nodes("Concat", pooled, outputs: 1, attributes: ["axis": .int(1)])[0]
    logits[.joint] = linear(joined, "con_classifier")
    return logits
  }
}
