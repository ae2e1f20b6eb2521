import Experiments
import Limits
import Performance
import Statistics
import Tensors
import Timing

/// How long an ablation's steps take on this machine, from a few real ones of each network shape.
public struct Calibration: Sendable {
  /// The costs of steps of one shape.
  struct Costs: Equatable, Sendable {
    var training: StepCost
    var test: StepCost
  }

  var costs: [NetworkShape: Costs]
  public var threads: Int
  public var instructionSet: InstructionSet
  /// The CPUs used by other processes meanwhile; nil if the system does not say.
  public var load: OtherLoad?
  public var seconds: Double

  init(costs: [NetworkShape: Costs], threads: Int, instructionSet: InstructionSet, load: OtherLoad?, seconds: Double) {
    self.costs = costs
    (self.threads, self.instructionSet) = (threads, instructionSet)
    (self.load, self.seconds) = (load, seconds)
  }

  /// Times steps of the first cell of each shape; `goOn` receives the number of shapes done and their count.
  ///
  /// Throws `interrupted` if `goOn` returns false or the ablation should stop, `tooLarge` if a step of one image does
  /// not fit into memory, and errors of loading an image.
  public init(
    of ablation: Ablation, secondsPerShape: Double = 20, memory: MemoryLimit = .current,
    goOn: (_ done: Int, _ count: Int) -> Bool = { _, _ in true }
  ) throws {
    var firsts: [(shape: NetworkShape, cell: Cell)] = []
    for cell in ablation.plan.cells where !firsts.contains(where: { $0.shape == NetworkShape(of: cell.variant) }) {
      firsts.append((NetworkShape(of: cell.variant), cell))
    }
    let start = monotonicNanoseconds()
    var costs: [NetworkShape: Costs] = [:]
    let (_, load) = try OtherLoad.during {
      for (number, first) in firsts.enumerated() {
        guard goOn(number, firsts.count) else { throw ExperimentError.interrupted }
        let batch = try Self.fittingBatch(of: first.cell, in: ablation, memory)
        costs[first.shape] = try Self.costs(of: first.cell, in: ablation, within: secondsPerShape, fitting: batch)
      }
      _ = goOn(firsts.count, firsts.count)
    }
    self.init(
      costs: costs, threads: Threads.count, instructionSet: .current, load: load,
      seconds: 1e-9 * Double(monotonicNanoseconds() - start))
  }

  /// Times whole batches if time and memory allow two, else the line through one image and as many as both allow.
  private static func costs(
    of cell: Cell, in ablation: Ablation, within seconds: Double, fitting: Int
  ) throws -> Costs {
    let recipe = ablation.plan.recipe
    let one = try ablation.stepSeconds(of: cell, images: 1, steps: 2)
    let (oneTraining, oneTest) = (one.training.min() ?? 0, one.test.min() ?? 0)
    // A step has a part that does not grow with its images, so this overestimates an image's cost in a batch.
    let perImage = max(oneTraining + oneTest, 1e-9)
    let batch = recipe.batch
    let wholeBatches = Int(min(seconds / (perImage * Double(batch)), 21))
    if wholeBatches >= 2, batch <= fitting {
      let whole = try ablation.stepSeconds(of: cell, images: batch, steps: wholeBatches - 1)
      return Costs(
        training: StepCost(seconds: median(whole.training) ?? 0, images: batch),
        test: StepCost(seconds: median(whole.test) ?? 0, images: batch))
    }
    let most = min(batch, recipe.normalizationGroup ?? batch, fitting)
    guard most > 1 else {
      return Costs(
        training: StepCost(seconds: oneTraining, images: 1), test: StepCost(seconds: oneTest, images: 1))
    }
    let images = min(most, max(2, Int(seconds / (perImage * 2))))
    let more = try ablation.stepSeconds(of: cell, images: images, steps: 1)
    return Costs(
      training: StepCost(one: oneTraining, more: median(more.training) ?? 0, images: images),
      test: StepCost(one: oneTest, more: median(more.test) ?? 0, images: images))
  }

  /// Returns the batch, halved until a step fits into memory: a plan warns of larger ones.
  ///
  /// Throws `tooLarge` if one image does not fit.
  static func fittingBatch(
    of cell: Cell, in ablation: Ablation, _ memory: MemoryLimit
  ) throws(ExperimentError) -> Int {
    var recipe = ablation.plan.recipe
    while true {
      do throws(ExperimentError) {
        try recipe.requireMemory(for: cell.variant, classes: ablation.dataset.classNames.count, of: memory)
        return recipe.batch
      } catch {
        guard recipe.batch > 1 else { throw error }
        recipe.batch /= 2
      }
    }
  }
}
