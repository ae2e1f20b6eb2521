import Datasets
import Experiments
import Models
import Operators
import Records
import Tensors

/// What a model computes for one image, stage by stage.
public struct Explanation {
  /// One head's answer.
  public struct Answer: Sendable {
    public let head: Models.Head
    /// The five most probable classes, in descending order.
    public let top: [(label: Int, probability: Float)]
  }

  /// A branch's view of the image.
  public struct View {
    public let branch: Branch
    /// (1, G, G); nil if the branch does not warp.
    public let attention: Tensor?
    /// (1, G, G, 2), x then y in [-1, 1].
    public let grid: Tensor
    /// The image as the branch sees it, (1, H, W, 3).
    public let sampled: Tensor
  }

  public let sample: Sample
  /// Whether the sample's label is known, which is not so for a user's image.
  public let isLabelled: Bool
  public let annotation: Annotation?
  /// The model's input, (1, H, W, 3).
  public let image: Tensor
  /// The raw head's map of the class that the joint head predicts, stretched to [0, 1], (1, h, w, 1).
  public let classResponse: Tensor
  /// The response whose peaks are sought, (1, G, G).
  public let response: Tensor
  public let peaks: [PeakSet: [Peak]]
  public let views: [View]
  public let answers: [Answer]
  /// On the raw head, for the class that the joint head predicts, (1, h, w, 1).
  public let gradCAM: Tensor
  /// The context for another pass over this image or modified copies of it.
  let context: PassContext

  /// The first head's top class.
  public var predicted: Int { answers[0].top[0].label }

  /// Explains `model` on each test image of `dataset`. Throws `noPeaks`, `notFinite`, and what `eachTestPass` throws.
  public static func all(
    of model: TrainedModel, on dataset: Dataset, isLabelled: Bool = true,
    shouldStop: @escaping () -> Bool = { false }, report: (_ done: Int) -> Void = { _ in }
  ) throws -> [Explanation] {
    let network = try model.lookingNetwork()
    var explanations: [Explanation] = []
    try model.eachTestPass(over: dataset, shouldStop: shouldStop) { pass in
      var context = pass.context
      let trace = PassTrace()
      context.trace = trace
      let logits = network.predict(pass.batch.images, context)
      for image in pass.batch.labels.indices {
        guard let explanation = Explanation(of: image, in: pass, logits, trace, network, isLabelled) else {
          throw ExperimentError.notFinite(path: model.path)
        }
        explanations.append(explanation)
        report(explanations.count)
      }
    }
    return explanations
  }

  /// Nil for infinite or NaN logits.
  private init?(
    of index: Int, in pass: TrainedModel.TestPass, _ logits: [Models.Head: Tensor], _ trace: PassTrace, _ network: S3N,
    _ isLabelled: Bool
  ) {
    guard let features = trace.features, let maps = trace.classResponseMaps, let sampling = trace.sampling else {
      preconditionFailure("a pass of S3N leaves its trace")
    }
    let (row, batch) = (index..<index + 1, pass.batch)
    context = pass.context.repeating(index)
    sample = batch.samples[index]
    self.isLabelled = isLabelled
    annotation = batch.annotations[index]
    image = batch.images.rows(row)
    answers = network.heads.compactMap { head in
      logits[head].map { Answer(head: head, top: Self.top($0.rows(row).elements)) }
    }
    guard answers.allSatisfy({ $0.top.allSatisfy { $0.probability.isFinite } }) else { return nil }
    let predicted = answers[0].top[0].label
    classResponse = Self.channel(predicted, of: maps.rows(row)).stretched
    response = sampling.response.response.rows(row)
    peaks = sampling.peakSets(of: index)
    views = sampling.branches.compactMap { branch in
      trace.sampled[branch.branch].map {
        View(
          branch: branch.branch, attention: branch.attention?.rows(row), grid: branch.grid.rows(row),
          sampled: $0.rows(row))
      }
    }
    gradCAM = GradCAM.map(features.rows(row), of: predicted, network)
  }

  /// The largest softmax probabilities; ties in the order of the classes.
  static func top(_ logits: [Float], count: Int = 5) -> [(label: Int, probability: Float)] {
    let probabilities = CrossEntropy.forward(Tensor(logits, shape: [1, logits.count]), labels: [0]).probabilities
      .elements
    let order = probabilities.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
    return order.prefix(count).map { ($0, probabilities[$0]) }
  }

  private static func channel(_ channel: Int, of maps: Tensor) -> Tensor {
    let channels = maps.shape[3]
    let cells = maps.count / channels
    return Tensor((0..<cells).map { maps[$0 * channels + channel] }, shape: [1, maps.shape[1], maps.shape[2], 1])
  }
}

extension Tensor {
  /// Stretched to [0, 1]; all zero if it is constant.
  var stretched: Tensor {
    let values = elements
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    return Tensor(values.map { high > low ? ($0 - low) / (high - low) : 0 }, shape: shape)
  }
}

extension Explanation {
  /// Its peaks, in row-major order.
  public var peakRows: [PeakRow] {
    (peaks[.all] ?? []).enumerated().map { index, peak in
      let branches = [PeakSet.discriminative, .complementary].filter { peaks[$0]?.contains(peak) == true }
      return PeakRow(
        image: sample.id, peak: index + 1, row: peak.row, column: peak.column, score: peak.strength,
        branch: branches.count == 2 ? "both" : branches.first?.rawValue ?? "none")
    }
  }

  /// A file name for picture `number`: "03-Bar_winged_0041".
  public func fileName(_ number: Int) -> String {
    let stem = (sample.id.split(separator: "/").last ?? "").prefix { $0 != "." }
    let safe = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) || "-_".contains($0) ? $0 : "_" }
    // File names are limited in length, and an extension follows.
    return (number < 10 ? "0\(number)-" : "\(number)-") + String(safe.prefix(100))
  }
}
