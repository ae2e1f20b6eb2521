import Experiments
import Models
import Records

/// What an ablation will take on several nodes, each a rank of some run.
public struct NodePlan: Sendable {
  /// The nodes and the link between them.
  public struct Cluster: Sendable {
    public var nodes: Int
    /// In gigabits per second.
    public var gigabits: Double
    public var latencySeconds: Double
    /// A node's speed as a multiple of this machine's.
    public var speed: Double

    public init(nodes: Int, gigabits: Double, latencySeconds: Double = 1e-4, speed: Double = 1) {
      (self.nodes, self.gigabits, self.latencySeconds, self.speed) = (nodes, gigabits, latencySeconds, speed)
    }

    var link: RankStep.Link { .init(gigabits: gigabits, latencySeconds: latencySeconds) }
  }

  /// One way to divide the nodes among runs.
  public struct Division: Sendable, Encodable {
    public let nodesPerRun: Int
    public let runsAtOnce: Int
    /// The mean over the runs' training steps, weighted by their number.
    public let stepSeconds: Double
    public let waitSeconds: Double
    public let efficiency: Double
    /// The time until all runs are done.
    public let seconds: Double

    enum CodingKeys: String, CodingKey {
      case efficiency, seconds
      case nodesPerRun = "nodes_per_run"
      case runsAtOnce = "runs_at_once"
      case stepSeconds = "step_seconds"
      case waitSeconds = "wait_seconds"
    }
  }

  public let cluster: Cluster
  /// Images per batch and per group, and groups per batch.
  public let batch: Int
  public let groupImages: Int
  public let groups: Int
  /// In ascending order of nodes per run.
  public let divisions: [Division]
  /// The network of the costliest shape, in words.
  public let subject: String
  /// The machine on which steps were timed.
  public let machine: String
  /// Its step on 1, 2, 4 ... nodes with one group each; the batch grows with them.
  public let growing: [RankStep]
  /// The first number of nodes, up to 1024, with an efficiency below 80 %; nil if there is none.
  public let inefficientFrom: Int?

  /// - Parameter gradients: By network shape, as from `Ablation.gradientParts`.
  init(
    of ablation: Ablation, _ plan: RunPlan, gradients: [NetworkShape: [GradientPart]], on cluster: Cluster
  ) {
    let recipe = ablation.plan.recipe
    let all = normalizationGroups(of: recipe.batch, largest: recipe.normalizationGroup)
    let (steps, images) = (plan.images.training, all[0].count)
    (self.cluster, batch, groupImages, groups) = (cluster, recipe.batch, images, all.count)
    func work(_ shape: NetworkShape) -> RankStep.Work? {
      guard let costs = plan.calibration.costs[shape], let parts = gradients[shape] else { return nil }
      return RankStep.Work(
        passSeconds: costs.training.secondsPerImage * Double(images) / cluster.speed,
        fixedSeconds: costs.training.fixedSeconds / cluster.speed, gradients: parts)
    }
    let cells = ablation.plan.cells
    divisions = (1...min(all.count, cluster.nodes)).filter { all.count.isMultiple(of: $0) }.map { ranks in
      let runs = zip(cells, plan.runs).compactMap { cell, run -> RunOnRanks? in
        let shape = NetworkShape(of: cell.variant)
        guard let work = work(shape), let costs = plan.calibration.costs[shape] else { return nil }
        return RunOnRanks(
          step: RankStep(of: work, groups: all.count, ranks: ranks, over: cluster.link),
          steps: Double(run.amount.epochs * ((steps + recipe.batch - 1) / recipe.batch)),
          testSeconds: Double(run.amount.epochs) * costs.test.seconds(images: plan.images.test, batch: recipe.batch)
            / (cluster.speed * Double(ranks)))
      }
      return Division(of: runs, ranks: ranks, atOnce: min(cluster.nodes / ranks, cells.count))
    }
    machine = "\(counted(plan.calibration.threads, "thread")), \(plan.calibration.instructionSet.rawValue)"
    let works = cells.compactMap { cell in work(NetworkShape(of: cell.variant)).map { (cell.variant.name, $0) } }
    let costliest = works.max { $0.1.passSeconds < $1.1.passSeconds }
    subject =
      "\(costliest?.0 ?? "") on \(recipe.backbone.name), groups of \(images), \(recipe.size) x \(recipe.size) pixels"
    func step(_ nodes: Int) -> RankStep? {
      costliest.map { RankStep(of: $0.1, groups: nodes, ranks: nodes, over: cluster.link) }
    }
    let powers = (0...10).map { 1 << $0 }.filter { $0 < cluster.nodes }
    growing = (powers + [max(cluster.nodes, 1)]).compactMap(step)
    inefficientFrom = (2...1024).first { (step($0)?.efficiency ?? 1) < 0.8 }
  }

  /// Returns a plan for each cluster; times the gradients of each shape here.
  public static func plans(of ablation: Ablation, _ plan: RunPlan, on clusters: [Cluster]) throws -> [NodePlan] {
    var gradients: [NetworkShape: [GradientPart]] = [:]
    for cell in ablation.plan.cells where gradients[NetworkShape(of: cell.variant)] == nil {
      gradients[NetworkShape(of: cell.variant)] = try ablation.gradientParts(of: cell)
    }
    return clusters.map { NodePlan(of: ablation, plan, gradients: gradients, on: $0) }
  }
}

/// One run on several ranks.
private struct RunOnRanks {
  let step: RankStep
  /// Their number.
  let steps: Double
  let testSeconds: Double

  var trainingSeconds: Double { steps * step.seconds }
  var seconds: Double { trainingSeconds + testSeconds }
}

extension NodePlan.Division {
  fileprivate init(of runs: [RunOnRanks], ranks: Int, atOnce: Int) {
    func sum(_ value: (RunOnRanks) -> Double) -> Double { runs.reduce(0) { $0 + value($1) } }
    let (training, steps) = (sum(\.trainingSeconds), max(sum(\.steps), 1))
    self.init(
      nodesPerRun: ranks, runsAtOnce: atOnce, stepSeconds: training / steps,
      waitSeconds: sum { $0.steps * $0.step.waitSeconds } / steps,
      efficiency: training > 0 ? sum { $0.step.efficiency * $0.trainingSeconds } / training : 1,
      seconds: max(sum(\.seconds) / Double(atOnce), runs.map(\.seconds).max() ?? 0))
  }
}
