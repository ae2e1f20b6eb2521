import Datasets
@testable import Experiments
import Foundation
import Models
import Records
import Tensors
import TestSupport
import Testing
import WeightFiles

@Suite(.serialized) struct CheckpointTests {
  /// Returns a checkpoint of a short training, and the rows of that training.
  private func trained(
    _ variant: Variant, in folder: TemporaryFolder
  ) throws -> (path: String, rows: [RunRow]) {
    var recipe = Recipe.quick
    recipe.size = 32
    recipe.note("size", "32")
    recipe.batch = 4
    recipe.note("batch", "4")
    recipe.samplingSchedule = recipe.samplingSchedule.stretched(to: 1)
    recipe.baselineSchedule = recipe.samplingSchedule
    let plan = try AblationPlan(dataset: "tiny", recipe: recipe, variants: [variant])
    var ablation = try Ablation(plan, on: .tiny())
    ablation.kept = [.last]
    let output = try OutputFolder(folder.url, for: ablation)
    try ablation.run(in: output)
    return (ablation.checkpointPath(plan.cells[0], in: folder.url), try output.store.runRows())
  }

  @Test(arguments: [Variant.baseline, .s3n, .complementaryOnly, .randomPeaks, .centreZoom, .oracle].map(\.name))
  func whatIsReadBackScoresAsItDid(_ name: String) throws {
    let folder = try TemporaryFolder()
    let (path, rows) = try trained(Variant.named(name), in: folder)
    let checkpoint = try Checkpoint(reading: path)
    #expect(checkpoint.cell.key == "\(name)-seed0" && checkpoint.epoch == 0)
    #expect(checkpoint.classNames == ["class 0", "class 1", "class 2"])
    let evaluation = try TrainedModel(reading: path).evaluate(on: .tiny())
    for score in evaluation.scores {
      #expect(rows.first { $0.metric == Metric.top1 && $0.head == score.head.rawValue }?.value == score.top1)
    }
    let predictions: [PredictionRow] = try CSVTable.read(from: RecordsFile.predictions.url(in: folder.url))
    let again = evaluation.predictionRows(id: predictions[0].runID, classNames: checkpoint.classNames)
    #expect(again == predictions)
  }

  @Test func namesAreTheReleasedOnesAndVelocitiesLieBeside() throws {
    let folder = try TemporaryFolder()
    let (path, _) = try trained(.s3n, in: folder)
    let names = Set(try WeightFile(reading: path).tensors.map(\.name))
    #expect(
      names.isSuperset(of: [
        "features.0.weight", "features.4.0.conv1.weight", "raw_classifier.weight", "sampler_buffer1.0.weight",
        "con_classifier.bias", "radius.scale", "radius_inv.scale", "filter.weight", "features.1.running_mean",
      ]))
    let velocities = try WeightFile(reading: path.replacing(".safetensors", with: ".optimizer.safetensors")).tensors
    #expect(Set(velocities.map(\.name)).isSubset(of: names) && !velocities.isEmpty)
    let convolution = try #require(velocities.first { $0.name == "features.0.weight" })
    #expect(convolution.shape == [16, 3, 7, 7])
  }

  @Test func otherClassesAreRefused() throws {
    let folder = try TemporaryFolder()
    let model = try TrainedModel(reading: trained(.baseline, in: folder).path)
    #expect { _ = try model.evaluate(on: .tiny(classes: 2)) } throws: {
      "\($0)".contains("trained on 3 classes") && "\($0)".contains("has 2")
    }
  }

  @Test func itKeepsItsOwnRecipeWhateverBecomesOfTheNamedOne() throws {
    let folder = try TemporaryFolder()
    var recipe = Recipe.tiny
    (recipe.momentum, recipe.keep, recipe.floor) = (0.8, 0.7, 0.2)
    recipe.note("momentum", "0.8")
    let metadata = CheckpointMetadata(
      recipe: recipe, cell: Cell(.s3n, radius: 0.05, seed: 3), epoch: 4, dataset: "tiny", classes: "1-2",
      classNames: ["a", "b"])
    let strings = try metadata.strings()
    #expect(strings["format"] == "s3n-bench checkpoint 2" && strings["epoch"] == "5")
    let read = try CheckpointMetadata(strings, path: folder.url.path)
    #expect(read.recipe == recipe && read.cell.key == "s3n-radius0.05-seed3" && read.epoch == 4)
    for (key, nonsense) in [
      ("recipe", "quick"), ("recipe", "{}"), ("epoch", "0"), ("variant", "s4n"), ("class_names", "[]"), ("radius", "x"),
      ("format", "s3n-bench checkpoint 1"),
    ] {
      var damaged = strings
      damaged[key] = nonsense
      #expect(throws: ExperimentError.self, "\(key)") { try CheckpointMetadata(damaged, path: "file") }
    }
  }

  @Test(arguments: [
    ("layers", "[1,1,1,1]", "[-1,1,1]"), ("layers", "[1,1,1,1]", "[1000000000000]"), ("layers", "[1,1,1,1]", "[]"),
    ("width", "8", "9223372036854775807"), ("size", "32", "0"), ("batch", "4", "0"), ("keep", "0.85", "2"),
    ("testResizeRatio", "\(8.0 / 7)", "1e300"), ("epochs", "2", "9223372036854775807"), ("momentum", "0.9", "1"),
  ])
  func recipesThatCannotBeAreRefused(_ key: String, _ sound: String, _ damaged: String) throws {
    var strings = try CheckpointMetadata(
      recipe: .tiny, cell: Cell(.s3n, seed: 3), epoch: 0, dataset: "tiny", classes: nil, classNames: ["a"]
    ).strings()
    let recipe = try #require(strings["recipe"])
    strings["recipe"] = recipe.replacing("\"\(key)\":\(sound)", with: "\"\(key)\":\(damaged)")
    #expect(strings["recipe"] != recipe)
    #expect { try CheckpointMetadata(strings, path: "file") } throws: {
      "\($0)".contains("its recipe is not possible: ")
        && "\($0)".contains(["layers", "width"].contains(key) ? "backbone" : key)
    }
  }

  @Test func foreignFilesAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("foreign.safetensors").path
    try writeSafetensors([(name: "a", tensor: Tensor([1], shape: [1]))], metadata: ["made_by": "hand"], to: path)
    #expect { _ = try Checkpoint(reading: path) } throws: { "\($0)".contains("its metadata has no \"format\"") }
    #expect(throws: WeightFileError.self) { try Checkpoint(reading: path + ".absent") }
  }

  @Test func aCheckpointStartsAnotherTraining() throws {
    let folder = try TemporaryFolder()
    let path = try trained(.baseline, in: folder).path
    let weights = try InitialWeights(path, for: Recipe.quick.backbone)
    #expect(weights.label.hasPrefix("baseline-seed0.safetensors:"))
    #expect(throws: ModelError.self) { try InitialWeights(path, for: .resnet18) }
  }
}
