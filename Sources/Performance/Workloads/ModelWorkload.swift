import Foundation
import Layers
import Models
import Operators
import Tensors
import Timing

/// Training or inference of a model with random weights on random images.
final class ModelWorkload: Workload {
  private let model: any ImageClassifier
  private let optimizer: SGD?
  private let phase: Phase
  private let images: Tensor
  private let normalizationGroup: Int
  private let labels: [Int]
  private let counts: ModelWork
  private let clock = StageClock()

  static let classes = 200
  private static let learningRate = 1e-3

  init(_ benchmark: StageBenchmark) {
    phase = benchmark.phase
    var s3n = S3NConfiguration(backbone: benchmark.backbone, classes: Self.classes)
    s3n.smoothing = benchmark.smoothing
    s3n.gridSide = benchmark.gridSide
    let initial = Initialization(seed: 0)
    model =
      benchmark.model == .s3n
      ? S3N(s3n, initial: initial)
      : ResNetClassifier(benchmark.backbone, classes: Self.classes, initial: initial)
    model.precision = benchmark.precision
    let parameters = model.parameters.reduce(0) { $0 + $1.value.count }
    counts =
      benchmark.model == .s3n
      ? ModelWork(
        s3n: s3n, benchmark.precision, images: benchmark.batch, size: benchmark.size, phase: phase,
        parameters: parameters)
      : ModelWork(
        resnet: benchmark.backbone, benchmark.precision, classes: Self.classes, images: benchmark.batch,
        size: benchmark.size, phase: phase,
        parameters: parameters)
    normalizationGroup = benchmark.normalizationGroup
    optimizer = phase == .train ? SGD(model.parameters, momentum: 0.9, weightDecay: 1e-4) : nil
    images = randomTensor([benchmark.batch, benchmark.size, benchmark.size, 3], in: -2...2, purpose: "images")
    labels = (0..<benchmark.batch).map { $0 % Self.classes }
  }

  func work(of stage: Stage) -> Work? { counts[stage] }

  func step() -> [StageSample] {
    let draws = { (image: Int, count: Int) -> [Float] in
      var generator = SeededGenerator(seed: 0, purpose: "peaks", image)
      return (0..<count).map { _ in generator.uniform() }
    }
    clock.step(phase: phase) {
      if let optimizer {
        clock.measure(.update) { model.zeroGradients() }
        for group in normalizationGroups(of: labels.count, largest: normalizationGroup) {
          let context = PassContext(
            sampling: .peaks(.stochasticSplit), draws: draws, running: group.lowerBound == 0 ? .update : .keep,
            gradientScale: Float(group.count) / Float(labels.count), clock: clock)
          _ = model.trainingPass(images.rows(group), labels: Array(labels[group]), context)
        }
        clock.measure(.update) { optimizer.step(learningRate: Self.learningRate) }
      } else {
        _ = model.predict(images, PassContext(sampling: .peaks(.extremes), draws: draws, clock: clock))
      }
    }
    return clock.takeSamples()
  }
}

/// Returns values drawn uniformly from `range`; the same `purpose` always gives the same values.
func randomTensor(_ shape: [Int], in range: ClosedRange<Float> = -1...1, purpose: String) -> Tensor {
  var generator = SeededGenerator(seed: 0, purpose: purpose)
  var tensor = Tensor(uninitialized: shape)
  tensor.withUnsafeMutableBufferPointer { values in
    for position in values.indices {
      values[position] = range.lowerBound + (range.upperBound - range.lowerBound) * generator.uniform()
    }
  }
  return tensor
}
