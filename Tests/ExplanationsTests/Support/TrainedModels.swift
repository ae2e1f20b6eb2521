import Datasets
import Experiments
import Foundation
import Records
import TestSupport

/// Models trained briefly on a few small birdlets, in their own folder.
struct TrainedModels {
  private let folder: TemporaryFolder
  let birdlets = Birdlets(size: 64, trainPerClass: 3, testPerClass: 3)
  let dataset: Dataset
  private let ablation: Ablation

  init(_ variants: [Variant]) throws {
    folder = try TemporaryFolder()
    dataset = try birdlets.dataset(classes: ClassSelection("1-3"))
    var recipe = Recipe.quick
    recipe.size = 64
    recipe.note("size", "64")
    recipe.batch = 4
    recipe.note("batch", "4")
    recipe.samplingSchedule = recipe.samplingSchedule.stretched(to: 1)
    recipe.baselineSchedule = recipe.samplingSchedule
    var ablation = try Ablation(
      AblationPlan(dataset: dataset.name, recipe: recipe, variants: variants), on: dataset)
    ablation.classes = "1-3"
    ablation.kept = [.last]
    try ablation.run(in: OutputFolder(folder.url, for: ablation))
    self.ablation = ablation
  }

  func model(_ variant: Variant) throws -> TrainedModel {
    try TrainedModel(reading: ablation.checkpointPath(Cell(variant, seed: 0), in: folder.url))
  }
}

typealias Cell = Experiments.Cell
