import Experiments
import Limits
import Timing

/// What an ablation will take: each run, and all of them.
public struct RunPlan: Sendable {
  /// What one run, or several, will take.
  public struct Amount: Sendable, Equatable, Encodable {
    public var epochs = 0
    /// Images that are trained on and tested on in all epochs.
    public var trainingImages = 0
    public var testImages = 0
    /// Floating-point operations by the definition, a multiply-add being two.
    public var flops = 0.0
    public var seconds = 0.0
    /// Held at the peak.
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
  /// What this process may use.
  public let memoryLimit: MemoryLimit
  /// Training and test images of an epoch, and those of a step.
  public let images: (training: Int, test: Int)
  public let batch: Int
  /// The same on clusters, if that is asked for.
  public var nodes: [NodePlan] = []

  /// Adds up the steps of an ablation's cells by what they were measured to take.
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

  /// All runs one after the other; memory is given back between them.
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
