import Layers
import Operators
import Tensors
import Timing

/// A linear head of a model; the raw values are its names in result files.
public enum Head: String, CaseIterable, Sendable, Codable {
  /// On the concatenated pooled features of all passes: S3N's prediction.
  case joint
  /// On the features of the original image; the only head of a plain ResNet.
  case raw
  case discriminative
  case complementary

  /// Whether its loss smooths labels.
  var isSmoothed: Bool { self == .raw || self == .complementary }
}

/// The inputs of a pass besides images and parameters.
public struct PassContext {
  /// Where the sampled passes look.
  public var sampling: SamplingRule
  /// Returns uniform draws for an image of the batch, at least `count` of them.
  public var draws: (_ image: Int, _ count: Int) -> [Float]
  /// Returns a number that identifies an image of the batch within its dataset.
  public var imageKey: (_ image: Int) -> Int
  /// Returns the objects' places in an image of the batch, x then y: 0 is the centre of the first pixel, 1 of the last.
  public var places: (_ image: Int) -> [SIMD2<Float>]
  /// Returns the peaks to look at in an image of the batch, in row-major order, for the rule `given`.
  public var peaks: (_ image: Int) -> [Peak] = { _ in [] }
  /// The label's share of the target in losses with smoothing.
  public var keep: Float
  /// Whether training passes update running statistics.
  public var running: RunningStatistics
  /// Receives, in a training pass, a few parameters at a time whose gradients are complete.
  public var gradientsAreFinal: ([Parameter]) -> Void = { _ in }
  /// The weight of this pass's gradients in the step: its share of the images if a batch is processed in groups.
  public var gradientScale: Float
  public var clock: StageClock?
  /// Receives the pass's intermediate results, to explain or check them.
  public var trace: PassTrace?

  public init(
    sampling: SamplingRule, draws: @escaping (_ image: Int, _ count: Int) -> [Float],
    imageKey: @escaping (_ image: Int) -> Int = { $0 },
    places: @escaping (_ image: Int) -> [SIMD2<Float>] = { _ in [] }, keep: Float = CrossEntropy.smoothedKeep,
    running: RunningStatistics = .update, gradientScale: Float = 1, clock: StageClock? = nil, trace: PassTrace? = nil
  ) {
    self.sampling = sampling
    self.draws = draws
    self.imageKey = imageKey
    self.places = places
    self.keep = keep
    self.running = running
    self.gradientScale = gradientScale
    self.clock = clock
    self.trace = trace
  }
}

/// The intermediate results of a pass.
public final class PassTrace {
  /// The backbone's features of the original image, (N, h, w, C).
  public internal(set) var features: Tensor?
  /// The class response maps on the backbone's cells, (N, h, w, K).
  public internal(set) var classResponseMaps: Tensor?
  public internal(set) var sampling: SelectiveSampler.Sampling?
  /// The images as each branch saw them, (N, H, W, 3).
  public internal(set) var sampled: [Branch: Tensor] = [:]

  public init() {}
}

/// The results of a training pass: logits (N, K) and mean loss of each head.
public struct TrainingPass {
  public let logits: [Head: Tensor]
  public let losses: [Head: Float]

  /// The sum of all heads' losses, which training minimises.
  public var loss: Float { Head.allCases.reduce(0) { $0 + (losses[$1] ?? 0) } }
}

/// A model that can be trained to classify images.
public protocol ImageClassifier: Module {
  /// The heads, starting with the one whose prediction counts.
  var heads: [Head] { get }

  /// The precision of stored convolution features and their gradients. Parameters, their gradients, batch statistics,
  /// heads, losses and all of sampling are always floats.
  var precision: Precision { get set }

  /// All parameters, in the order in which a training pass completes their gradients.
  var parametersByBackward: [Parameter] { get }

  /// Runs images (N, H, W, 3) forward and backward, adding to all gradients.
  func trainingPass(_ images: Tensor, labels: [Int], _ context: PassContext) -> TrainingPass

  /// Returns each head's logits (N, K), using running statistics.
  func predict(_ images: Tensor, _ context: PassContext) -> [Head: Tensor]
}

/// The losses of the heads and their gradients with respect to the logits.
struct HeadLosses {
  private(set) var losses: [Head: Float] = [:]
  private(set) var gradients: [Head: Tensor] = [:]

  init(_ logits: [Head: Tensor], labels: [Int], _ context: PassContext) {
    for head in Head.allCases {
      guard let headLogits = logits[head] else { continue }
      let entropy = CrossEntropy.forward(headLogits, labels: labels, keep: head.isSmoothed ? context.keep : 1)
      losses[head] = entropy.loss
      gradients[head] = entropy.backward(scale: context.gradientScale)
    }
  }

  subscript(head: Head) -> Tensor {
    guard let gradient = gradients[head] else { preconditionFailure("there is no \(head) head") }
    return gradient
  }
}
