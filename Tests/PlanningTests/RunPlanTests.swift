import Datasets
import Experiments
import Foundation
import Limits
@testable import Performance
import Testing

@testable import Planning

@Suite struct RunPlanTests {
  private func ablation(_ variants: [Variant], epochs: Int = 2) throws -> Ablation {
    var overrides = RecipeOverrides()
    (overrides.size, overrides.epochs, overrides.batch) = (32, epochs, 8)
    return try Ablation(
      AblationPlan(dataset: "birdlets", recipe: Recipe.quick.applying(overrides), variants: variants, seeds: [0, 1]),
      on: Dataset.open("birdlets", classes: ClassSelection("1-2")))
  }

  private let costs = Calibration.Costs(
    training: StepCost(fixedSeconds: 0.5, secondsPerImage: 0.01),
    test: StepCost(fixedSeconds: 0, secondsPerImage: 0.002))

  private func calibration(busy: Bool = false) -> Calibration {
    let shapes = [Variant.baseline, .s3n, .identity, .discriminativeOnly].map(NetworkShape.init)
    return Calibration(
      costs: Dictionary(uniqueKeysWithValues: shapes.map { ($0, costs) }), threads: 2, instructionSet: .avx2,
      load: OtherLoad(cpus: busy ? 1.25 : 0, seconds: 4), seconds: 4)
  }

  @Test func stepsOfAllEpochsAreAddedUp() throws {
    let ablation = try ablation([.baseline, .s3n])
    let (training, test) = (ablation.dataset.train.count, ablation.dataset.test.count)
    let plan = RunPlan(of: ablation, by: calibration())
    #expect(plan.runs.map(\.key) == ["baseline-seed0", "s3n-seed0", "baseline-seed1", "s3n-seed1"])
    let run = plan.runs[0].amount
    #expect(run.epochs == 2 && run.trainingImages == 2 * training && run.testImages == 2 * test)
    let steps = Double((training + 7) / 8)
    #expect(abs(run.seconds - 2 * (0.5 * steps + 0.01 * Double(training) + 0.002 * Double(test))) < 1e-9)
    #expect(plan.total.epochs == 8 && plan.total.trainingImages == 8 * training)
    #expect(plan.total.flops == plan.runs.reduce(0) { $0 + $1.amount.flops })
    #expect(plan.total.memoryBytes == plan.runs[1].amount.memoryBytes)
    // Three passes, their heads and the sampling.
    let ratio = plan.runs[1].amount.flops / run.flops
    #expect(ratio > 3 && ratio < 5)
  }

  @Test func nodesAreSharedOutAmongRunsAndGroups() throws {
    var overrides = RecipeOverrides()
    (overrides.size, overrides.epochs, overrides.batch, overrides.normalizationGroup) = (32, 2, 8, 2)
    let ablation = try Ablation(
      AblationPlan(
        dataset: "birdlets", recipe: Recipe.quick.applying(overrides), variants: [.baseline, .s3n], seeds: [0, 1]),
      on: Dataset.open("birdlets", classes: ClassSelection("1-2")))
    let run = RunPlan(of: ablation, by: calibration())
    let parts = [GradientPart(bytes: 1 << 20, finalAt: 0.5), GradientPart(bytes: 1 << 20, finalAt: 1)]
    let gradients = [Variant.baseline, .s3n].reduce(into: [:]) { $0[NetworkShape(of: $1)] = parts }
    let plan = NodePlan(of: ablation, run, gradients: gradients, on: .init(nodes: 3, gigabits: 100))
    #expect(plan.groups == 4 && plan.groupImages == 2)
    #expect(plan.divisions.map(\.nodesPerRun) == [1, 2] && plan.divisions.map(\.runsAtOnce) == [3, 1])
    #expect(abs(plan.divisions[0].seconds - run.total.seconds / 3) < 1e-6 && plan.divisions[0].efficiency == 1)
    #expect(plan.divisions[1].efficiency < 1 && plan.divisions[1].seconds > run.total.seconds / 2)
    #expect(plan.growing.map(\.ranks) == [1, 2, 3])
    #expect(plan.text.contains("8 images is 4 groups of up to 2"))
    let slow = NodePlan(of: ablation, run, gradients: gradients, on: .init(nodes: 8, gigabits: 0.001, speed: 2))
    #expect(slow.inefficientFrom == 2 && slow.growing.map(\.ranks) == [1, 2, 4, 8])
    #expect(slow.rows.count == 4 && slow.rows[3].efficiency < 0.2 && slow.rows[3].speed == 2)
  }

  @Test func imagesThatNoSamplingTouchesCostLess() throws {
    let plan = RunPlan(of: try ablation([.s3n, .identity, .discriminativeOnly]), by: calibration())
    let flops = plan.runs.prefix(3).map(\.amount.flops)
    #expect(flops[0] > flops[1] && flops[1] > flops[2])
  }

  @Test func variantsOfOneShapeAreTimedTogether() {
    func shape(_ variant: Variant) -> NetworkShape { NetworkShape(of: variant) }
    for variant in [Variant.randomPeaks, .centreZoom, .oracle, .s3nP2] { #expect(shape(variant) == shape(.s3n)) }
    #expect(shape(.discriminativeOnly) == shape(.complementaryOnly) && shape(.baseline) == shape(.baselineLong))
    #expect(Set([Variant.baseline, .discriminativeOnly, .identity, .s3n].map(shape)).count == 4)
  }

  @Test func aStepCostsWhatTheLineThroughTwoSays() {
    #expect(StepCost(one: 3, more: 9, images: 4) == StepCost(fixedSeconds: 1, secondsPerImage: 2))
    #expect(StepCost(one: 3, more: 2, images: 4) == StepCost(fixedSeconds: 0, secondsPerImage: 0.5))
    #expect(StepCost(fixedSeconds: 1, secondsPerImage: 2).seconds(images: 9, batch: 4) == 21)
    #expect(StepCost(seconds: 8, images: 16).seconds(images: 8, batch: 16) == 4)
  }

  @Test func realStepsAreTimed() throws {
    let ablation = try ablation([.baseline, .discriminativeOnly, .complementaryOnly])
    let seconds = try ablation.stepSeconds(of: ablation.plan.cells[0], images: 4, steps: 2)
    #expect(seconds.training.count == 2 && seconds.test.count == 2)
    let calibration = try Calibration(of: ablation, secondsPerShape: 0.01)
    #expect(calibration.costs.count == 2 && calibration.seconds > 0)
    for costs in calibration.costs.values {
      #expect(costs.training.secondsPerImage > 0 && costs.test.secondsPerImage > 0)
    }
    #expect(throws: ExperimentError.interrupted) { try Calibration(of: ablation) { _, _ in false } }
    // Steps use as many images as fit in memory, whatever the batch.
    let cell = ablation.plan.cells[0]
    var (recipe, classes) = (ablation.plan.recipe, ablation.dataset.classNames.count)
    func bytes(_ batch: Int) -> Int {
      recipe.batch = batch
      return recipe.memoryNeed(for: cell.variant, classes: classes).bytes
    }
    let batch = recipe.batch
    func fitting(_ bytes: Int) throws -> Int {
      try Calibration.fittingBatch(of: cell, in: ablation, MemoryLimit(bytes: bytes))
    }
    #expect(try fitting(bytes(batch)) == batch && fitting(bytes(batch) - 1) == batch / 2 && fitting(bytes(1)) == 1)
    #expect(throws: ExperimentError.self) { try Calibration(of: ablation, memory: MemoryLimit(bytes: bytes(1) - 1)) }
  }

  @Test func thePlanIsATable() throws {
    let text = RunPlan(of: try ablation([.baseline]), by: calibration()).text
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "run             epochs  images trained  images tested  operations  time  memory")
    #expect(lines[2].hasPrefix("baseline-seed0       2 ") && lines[4].hasPrefix("total "))
    #expect(text.contains("Based on steps timed for 4 s on 2 threads, avx2: one pass 14 images/s trained, 500 tested;"))
    #expect(operationsText(1.234e13) == "12.3 TFLOP" && operationsText(2e9) == "2 GFLOP")
  }

  @Test func whatStandsInTheWayIsSaid() throws {
    let ablation = try ablation([.baseline])
    #expect(RunPlan(of: ablation, by: calibration()).warnings.isEmpty)
    #expect(RunPlan(of: ablation, by: calibration(busy: true)).warnings[0].contains("Other programs used 1.2 CPUs"))
    let small = RunPlan(of: ablation, by: calibration(), memoryLimit: MemoryLimit(bytes: 1 << 20))
    #expect(small.warnings[0].contains("the runs would be refused"))
  }

  @Test func thePlanIsJSON() throws {
    let data = try JSONEncoder().encode(RunPlan(of: try ablation([.baseline]), by: calibration()))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let runs = try #require(object["runs"] as? [[String: Any]])
    #expect(runs[0]["run"] as? String == "baseline-seed0" && runs[0]["training_images"] != nil)
    #expect((object["calibration"] as? [String: Any])?["threads"] as? Int == 2)
  }
}
