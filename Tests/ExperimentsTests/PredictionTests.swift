import Datasets
import Foundation
import Layers
import Models
import Tensors
import TestSupport
import Testing
import WeightFiles

@testable import Experiments

/// Files passed to `bench predict`, compared with `bench evaluate` on the same images.
@Suite struct PredictionTests {
  private let folder: TemporaryFolder
  private let model: TrainedModel
  private let dataset: Dataset

  init() throws {
    let folder = try TemporaryFolder()
    let tiny = Dataset.tiny(test: 19)
    for sample in tiny.test {
      try Data(tiny.image(sample).png()).write(to: folder.url.appendingPathComponent(sample.id))
    }
    let s3n = S3N(S3NConfiguration(backbone: .resnet8Narrow, classes: 3), initial: Initialization(seed: 5))
    let weights = folder.url.appendingPathComponent("s3n.safetensors").path
    try writeSafetensors(
      ModuleState.entries(of: s3n).map { (name: $0.name, tensor: $0.tensor) }, metadata: ["made_by": "us"], to: weights)
    self.folder = folder
    model = try TrainedModel(reading: weights).tested(size: 32)
    dataset = Dataset(
      name: "tiny", classNames: tiny.classNames, train: [], test: tiny.test,
      images: FolderImages(folder: folder.url.path))
  }

  private func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  private func answers(
    _ paths: [String], top: Int
  ) throws -> (answers: [TrainedModel.Answer], broken: [BrokenImage]) {
    var (answers, broken) = ([TrainedModel.Answer](), [BrokenImage]())
    try model.predict(paths, top: top) { results in
      for result in results {
        switch result {
        case .success(let answer): answers.append(answer)
        case .failure(let failure): broken.append(failure.image)
        }
      }
    }
    return (answers, broken)
  }

  @Test func everyHeadSaysOfAFileWhatItSaysInAnEvaluation() throws {
    let expected = try model.evaluate(on: dataset).predictions
    let (found, broken) = try answers(dataset.test.map { path($0.id) }, top: 1)
    #expect(broken.isEmpty && found.count == 19)
    let flat = found.flatMap { answer in answer.heads.map { (answer.path, $0.head, $0.classes[0]) } }
    #expect(flat.count == expected.count && flat.count == 19 * 4)
    for (answer, prediction) in zip(flat, expected) {
      #expect(answer.0 == path(prediction.sample.id) && answer.1 == prediction.head)
      #expect(answer.2 == .init(name: "\(prediction.predicted)", probability: prediction.probability))
    }
  }

  @Test func classesComeByFallingProbabilityAndAddUpToOne() throws {
    for answer in try answers([path("0.jpg")], top: 9).answers {
      for (_, classes) in answer.heads {
        #expect(classes.count == 3 && Set(classes.map(\.name)) == ["0", "1", "2"])
        #expect(classes.map(\.probability) == classes.map(\.probability).sorted(by: >))
        #expect(abs(classes.map(\.probability).reduce(0, +) - 1) < 1e-5)
      }
    }
  }

  @Test func aBrokenFileIsNamedAndChangesNoOther() throws {
    try Data("no image".utf8).write(to: URL(fileURLWithPath: path("text.jpg")))
    let names = dataset.test.map(\.id)
    let mixed = [names[0], "text.jpg"] + names[1...] + ["absent.png"]
    let (found, broken) = try answers(mixed.map(path), top: 3)
    #expect(broken.map(\.path) == [path("text.jpg"), path("absent.png")])
    let alone = try answers(names.map(path), top: 3).answers
    #expect(found.map(\.path) == alone.map(\.path))
    // It takes a place in its batch, so the sums of the others may round differently.
    for (a, b) in zip(found, alone) {
      #expect(a.heads[0].classes.map(\.name) == b.heads[0].classes.map(\.name))
      for (p, q) in zip(a.heads[0].classes, b.heads[0].classes) { #expect(abs(p.probability - q.probability) < 1e-5) }
    }
  }

  @Test func filesAreReadAsThoseThatTheModelWasTrainedOn() throws {
    var recipe = Recipe.tiny
    (recipe.size, recipe.backbone) = (64, .resnet8Narrow)
    func files(_ dataset: String, _ reading: Reading) throws -> FolderImages {
      var recipe = recipe
      recipe.note(reading)
      let cell = Cell(.baseline, seed: 0)
      let named = Dataset(
        name: dataset, classNames: ["a", "b"], train: [], test: [], images: FolderImages(folder: folder.url.path))
      let trainer = Trainer(cell, recipe, cell.makeModel(recipe, classes: 2), on: named)
      let file = path("\(dataset).safetensors")
      try Checkpoint.write(trainer, epoch: 0, dataset: named, classes: nil, to: file)
      return try TrainedModel(reading: file).imageFiles
    }
    var turning = Reading()
    turning.isTurning = true
    #expect(try files("aircraft", Reading()).cutOff == 20 && !files("aircraft", Reading()).isTurning)
    #expect(try files("folder", turning).isTurning && files("folder", turning).cutOff == 0)
    #expect(try files("cub", Reading()).cutOff == 0)
  }

  @Test func stoppingEndsIt() {
    #expect(throws: ExperimentError.self) {
      try model.predict([path("0.jpg")], top: 1, shouldStop: { true }) { _ in }
    }
  }
}
