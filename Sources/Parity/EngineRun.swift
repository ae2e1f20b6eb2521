import Layers
import Models
import Operators
import Tensors
import WeightFiles

/// Our engine's results for a bundle, under the bundle's names and in PyTorch's layout.
struct EngineRun {
  private(set) var tensors: [String: Tensor] = [:]
  /// (image, row, column) of every peak.
  private(set) var peaks: [[Int64]] = []

  init(_ bundle: GoldenBundle, _ precision: Precision) throws {
    let model = try Self.model(of: bundle)
    model.precision = precision
    var context = PassContext(sampling: .peaks(PeakPolicy(p: bundle.p) ?? .allPeaks), draws: bundle.draws)
    let trace = PassTrace()
    context.trace = trace
    context.keep = Float(bundle.keep)
    switch bundle.mode {
    case .eval:
      record(model.predict(bundle.images, context))
      record(trace, bundle)
    case .train:
      let optimizer = SGD(model.parameters, momentum: bundle.momentum, weightDecay: bundle.weightDecay)
      for step in 0..<bundle.steps {
        model.zeroGradients()
        let pass = model.trainingPass(bundle.images, labels: bundle.labels, context)
        if step == 0 {
          record(pass.logits)
          record(trace, bundle)
          tensors["loss"] = Tensor([pass.loss], shape: [1])
          for (name, gradient) in ModuleState.gradients(of: model) { tensors["grad." + name] = gradient }
        }
        optimizer.step(learningRate: bundle.baseLearningRate)
      }
      for (name, value) in ModuleState.entries(of: model) { tensors["after." + name] = value }
    }
  }

  private static func model(of bundle: GoldenBundle) throws -> any ImageClassifier {
    let initial = Initialization(seed: 0)
    let prefix = "state."
    let state = bundle.file.entries.filter { $0.name.hasPrefix(prefix) }
      .map { $0.renamed(String($0.name.dropFirst(prefix.count))) }
    let name = "the network that its metadata describes"
    func require(_ slots: [StateDictEntry]) throws(ParityError) {
      do {
        try ModuleState.requireAll(state, path: bundle.path, for: slots, modelName: name)
      } catch {
        throw .notABundle(
          path: bundle.path, place: "state", expected: "every tensor of \(name)", found: error.reason)
      }
    }
    let model: any ImageClassifier
    switch bundle.model {
    case .resnet:
      try require(bundle.backbone.classifierEntries(classes: bundle.classes))
      model = ResNetClassifier(bundle.backbone, classes: bundle.classes, initial: initial)
    case .s3n:
      var configuration = S3NConfiguration(backbone: bundle.backbone, classes: bundle.classes)
      configuration.radius = bundle.radius
      configuration.radiusInverse = bundle.radiusInverse
      configuration.floor = bundle.floor
      try require(configuration.stateDictEntries)
      model = S3N(configuration, initial: initial)
    }
    _ = try ModuleState.load(
      state, path: bundle.path, into: model, modelName: name, strictness: .strict)
    return model
  }

  private mutating func record(_ logits: [Head: Tensor]) {
    for (head, tensor) in logits {
      tensors["forward.logits." + (head == .joint ? "concat" : head.rawValue)] = tensor
    }
  }

  private mutating func record(_ trace: PassTrace, _ bundle: GoldenBundle) {
    if let features = trace.features, bundle.model == .resnet {
      tensors["forward.feature"] = features.permuted([0, 3, 1, 2])
    }
    guard let sampling = trace.sampling, let maps = trace.classResponseMaps else { return }
    let side = sampling.response.response.shape[1]
    tensors["forward.class_response_maps"] =
      BilinearResize.forward(maps, height: side, width: side).permuted([0, 3, 1, 2])
    tensors["forward.entropy"] = sampling.response.entropy
    tensors["forward.response"] = sampling.response.response
    peaks = sampling.peaks.enumerated().flatMap { image, peaks in
      peaks.map { [Int64(image), Int64($0.row), Int64($0.column)] }
    }
    for branchSampling in sampling.branches {
      tensors["forward.attention.\(branchSampling.branch)"] = branchSampling.attention
      tensors["forward.grid.\(branchSampling.branch)"] = branchSampling.grid.permuted([0, 3, 1, 2])
      tensors["forward.sampled.\(branchSampling.branch)"] = trace.sampled[branchSampling.branch]?.permuted([0, 3, 1, 2])
    }
  }
}

extension GoldenBundle {
  /// The bundle's own draws for an image; beyond those 1, which selects no peak.
  func draws(image: Int, count: Int) -> [Float] {
    let columns = uniform.shape[1]
    return (0..<count).map { $0 < columns ? uniform[image * columns + $0] : 1 }
  }
}
