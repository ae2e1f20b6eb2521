import Layers
import Operators
import Tensors
import Timing

/// A linear head of a model; the raw values are the names in result files.
public enum Head: String, CaseIterable, Sendable, Codable {
  /// On the pooled features of all passes together: S3N's prediction.
  case joint
  /// On the features of the image as it is; the only head of a plain ResNet.
  case raw
  case discriminative
  case complementary

  /// Whether its loss smooths the labels.
  var isSmoothed: Bool { self == .raw || self == .complementary }
}

/// What a pass needs besides images and parameters.
public struct PassContext {
  /// Where the sampled passes look.
  public var sampling: SamplingRule
  /// The uniform draws for an image of the batch, at least as many as asked for.
  public var draws: (_ image: Int, _ count: Int) -> [Float]
  /// A number that tells the images of a dataset apart, for an image of the batch.
  public var imageKey: (_ image: Int) -> Int
  /// Where things are in an image of the batch, x then y, from the middle of its first pixel (0) to that of its last (1).
  public var places: (_ image: Int) -> [SIMD2<Float>]
  /// The peaks to look at in an image of the batch, in row-major order, for the rule `given`.
  public var peaks: (_ image: Int) -> [Peak] = { _ in [] }
  /// The share of the target that stays on the label in the losses that smooth.
  public var keep: Float
  /// Whether running statistics move; for training passes.
  public var running: RunningStatistics
  /// Told in a training pass of parameters to whose gradients the pass adds no more, a few at a time.
  public var gradientsAreFinal: ([Parameter]) -> Void = { _ in }
  /// What this pass's gradients count in the step: the share of the images where a batch is worked off in groups.
  public var gradientScale: Float
  public var clock: StageClock?
  /// Takes up what the pass computes on its way, for those who explain or check it.
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

/// What a pass computed on its way.
public final class PassTrace {
  /// The backbone's features of the image as it is, (N, h, w, C).
  public internal(set) var features: Tensor?
  /// The class response maps on the backbone's own cells, (N, h, w, K).
  public internal(set) var classResponseMaps: Tensor?
  public internal(set) var sampling: SelectiveSampler.Sampling?
  /// The images as each branch saw them, (N, H, W, 3).
  public internal(set) var sampled: [Branch: Tensor] = [:]

  public init() {}
}

/// The outcome of a training pass: logits (N, K) and mean loss of each head.
public struct TrainingPass {
  public let logits: [Head: Tensor]
  public let losses: [Head: Float]

  /// The sum over heads, which is what is minimised.
  public var loss: Float { Head.allCases.reduce(0) { $0 + (losses[$1] ?? 0) } }
}

/// A model that can be trained to name images.
public protocol ImageClassifier: Module {
  /// The heads, the one whose prediction counts first.
  var heads: [Head] { get }

  /// What the features of its convolutions, and the gradients to them, are stored as. Parameters and gradients to them, batch
  /// statistics, heads, losses and all of sampling are floats in any case.
  var precision: Precision { get set }

  /// All parameters in the order in which a training pass is done with their gradients.
  var parametersByBackward: [Parameter] { get }

  /// Runs images (N, H, W, 3) forward and backward and adds to all gradients.
  func trainingPass(_ images: Tensor, labels: [Int], _ context: PassContext) -> TrainingPass

  /// The logits (N, K) of each head, by running statistics.
  func predict(_ images: Tensor, _ context: PassContext) -> [Head: Tensor]
}

/// The losses of heads and their gradients to the logits.
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
