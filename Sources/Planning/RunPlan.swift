import Experiments
import Limits
import Timing

/// What an ablation will take: each run, and all together.
public struct RunPlan: Sendable {
  /// What one or several runs will take.
  public struct Amount: Sendable, Equatable, Encodable {
    public var epochs = 0
    /// Training and test images, summed over all epochs.
    public var trainingImages = 0
    public var testImages = 0
    /// Floating-point operations by the definition; a multiply-add counts as two.
    public var flops = 0.0
    public var seconds = 0.0
    /// The peak memory.
    public var memoryBytes = 0

    enum CodingKeys: String, CodingKey {
      case epochs, flops, seconds
      case trainingImages = "training_images"
      case testImages = "test_images"
      case memoryBytes = "memory_bytes"
    }
  }

  public struct Run: Sendable {
    public let key: String
    public let amount: Amount
  }

  public let runs: [Run]
  public let calibration: Calibration
  /// The memory that this process may use.
  public let memoryLimit: MemoryLimit
  /// Training and test images per epoch, and images per step.
  public let images: (training: Int, test: Int)
  public let batch: Int
  /// The plans for clusters, if requested.
  public var nodes: [NodePlan] = []

  /// Adds up the steps of an ablation's cells by their measured costs.
  public init(of ablation: Ablation, by calibration: Calibration, memoryLimit: MemoryLimit = .current) {
    let (recipe, dataset) = (ablation.plan.recipe, ablation.dataset)
    let classes = dataset.classNames.count
    let images = (training: dataset.train.count, test: dataset.test.count)
    runs = ablation.plan.cells.map { cell in
      var amount = Amount()
      amount.epochs = recipe.schedule(for: cell.variant).epochs
      amount.trainingImages = amount.epochs * images.training
      amount.testImages = amount.epochs * images.test
      amount.flops =
        Double(amount.trainingImages) * cell.flopsPerImage(recipe, classes: classes, phase: .train)
        + Double(amount.testImages) * cell.flopsPerImage(recipe, classes: classes, phase: .infer)
      if let costs = calibration.costs[NetworkShape(of: cell.variant)] {
        amount.seconds =
          Double(amount.epochs)
          * (costs.training.seconds(images: images.training, batch: recipe.batch)
            + costs.test.seconds(images: images.test, batch: recipe.batch))
      }
      amount.memoryBytes =
        recipe.memoryNeed(for: cell.variant, classes: classes, cachedBytes: dataset.cacheBudget).bytes
      return Run(key: cell.key, amount: amount)
    }
    self.calibration = calibration
    self.memoryLimit = memoryLimit
    self.images = images
    batch = recipe.batch
  }

  /// All runs in sequence; memory is freed between them.
  public var total: Amount {
    runs.map(\.amount).reduce(into: Amount()) { sum, amount in
      sum.epochs += amount.epochs
      sum.trainingImages += amount.trainingImages
      sum.testImages += amount.testImages
      sum.flops += amount.flops
      sum.seconds += amount.seconds
      sum.memoryBytes = max(sum.memoryBytes, amount.memoryBytes)
    }
  }
}
