import Datasets
import Experiments
import Foundation
import Models
import Operators
import Records
import Tensors
import TestSupport
import Testing
import ThreadCounts

// The number of threads belongs to the engine, not to a test.
@Suite(.serialized) struct AblationTests {
  private func run(
    _ variants: [Variant], recipe: Recipe = .tiny, on dataset: Dataset = .tiny(), seeds: [UInt64] = [0],
    into folder: TemporaryFolder,
    change: (inout Ablation) -> Void = { _ in }
  ) throws -> RunStore {
    let plan = try AblationPlan(dataset: "tiny", recipe: recipe, variants: variants, seeds: seeds)
    var ablation = try Ablation(plan, on: dataset)
    change(&ablation)
    let output = try OutputFolder(folder.url, for: ablation)
    try ablation.run(in: output)
    return output.store
  }

  @Test func everyVariantRunsAndLeavesItsRows() throws {
    let folder = try TemporaryFolder()
    let runs = try run(Variant.all, into: folder).runRows()
    for variant in Variant.all {
      let rows = runs.filter { $0.variant == variant.name }
      let heads = Set(rows.filter { $0.metric == Metric.top1 }.map(\.head))
      #expect(heads.count == (variant.branches.isEmpty ? 1 : 2 + variant.branches.count), "\(variant.name)")
      #expect(rows.allSatisfy { $0.status == .finished && $0.seed == 0 && $0.table.recipe == "quick" })
      #expect(rows.filter { $0.metric == Metric.top1 }.allSatisfy { $0.n == 5 && $0.unit == "percent" })
      #expect(rows.first?.p == variant.policy.map { "\($0.p)" })
      #expect((rows.first?.radius != nil) == variant.usesRadius)
      let facts = RunFacts.finished(heads: rows.filter { $0.metric == Metric.top1 }.compactMap(\.head), classes: 3)
      #expect(rows.count == facts.count && Set(rows.map(\.fact)) == Set(facts))
    }
    #expect(try RunRecords(reading: folder.url).findings == [])
    let predictions: [PredictionRow] = try CSVTable.read(from: RecordsFile.predictions.url(in: folder.url))
    #expect(predictions.count == 5 * Variant.all.map { $0.branches.isEmpty ? 1 : 2 + $0.branches.count }.reduce(0, +))
    let epochs: [EpochRow] = try CSVTable.read(from: RecordsFile.epochs.url(in: folder.url))
    // As many passes as s3n, that is, three times its epochs.
    #expect(Set(epochs.filter { !$0.runID.contains("-long-") }.map(\.epoch)) == [1, 2])
    #expect(Set(epochs.filter { $0.runID.contains("-long-") }.map(\.epoch)) == Set(1...6))
    let rates = epochs.filter { $0.metric == Metric.learningRate && $0.runID == "tiny-quick-s3n-seed0" }
    #expect(rates.map(\.value) == [Recipe.tiny.learningRate, Recipe.tiny.learningRate * 0.1])
  }

  @Test func theOracleIsRefusedWhereNobodySaysWhereToLook() throws {
    let plan = try AblationPlan(dataset: "tiny", recipe: .tiny, variants: [.s3n, .oracle])
    let error = #expect(throws: DatasetError.noAnnotations(dataset: "tiny")) {
      try Ablation(plan, on: .tiny(isAnnotated: false))
    }
    #expect(error?.description.contains("oracle") == true && error?.fault == .usage)
    #expect(try Ablation(plan, on: .tiny()).dataset.annotations != nil)
  }

  @Test func accuraciesAreThoseOfThePredictions() throws {
    let folder = try TemporaryFolder()
    let runs = try run([.s3n], into: folder).runRows()
    let predictions: [PredictionRow] = try CSVTable.read(from: RecordsFile.predictions.url(in: folder.url))
    #expect(predictions.map(\.head).prefix(4) == ["joint", "raw", "discriminative", "complementary"])
    for (head, rows) in Dictionary(grouping: predictions, by: \.head) {
      #expect(rows.count == 5)
      let correct = rows.count { $0.label == $0.predicted }
      func value(_ metric: String) -> Double? { runs.first { $0.metric == metric && $0.head == head }?.value }
      #expect(value(Metric.top1) == 100 * Double(correct) / 5)
      #expect(value(Metric.meanClassAccuracy) == Accuracy(of: rows)?.meanClass)
      // Top 5 of three classes would always be all of them.
      #expect(value(Metric.top5) == nil)
      #expect(rows.allSatisfy { $0.probability > 1.0 / 3 - 1e-6 && $0.probability <= 1 })
      #expect(rows.allSatisfy { ($0.labelRank == 1) == ($0.label == $0.predicted) })
      #expect(rows.allSatisfy { $0.labelRank > 1 || $0.labelProbability == $0.probability })
    }
  }

  @Test func topFiveStandsWhereThereAreSixClasses() throws {
    let folder = try TemporaryFolder()
    let runs = try run([.baseline], on: .tiny(classes: 6), into: folder).runRows()
    let predictions: [PredictionRow] = try CSVTable.read(from: RecordsFile.predictions.url(in: folder.url))
    let share = 100 * Double(predictions.count { $0.labelRank <= 5 }) / Double(predictions.count)
    #expect(runs.first { $0.metric == Metric.top5 }?.value == share)
    #expect(predictions.contains { $0.labelRank > 1 })
    #expect(try RunRecords(reading: folder.url).findings == [])
  }

  @Test func theFilesSayWhatWasTrainedAndWhatCameOut() throws {
    let folder = try TemporaryFolder()
    var recipe = Recipe.tiny
    recipe.note("epochs", "2")
    _ = try run([.baseline], recipe: recipe, into: folder)
    let resolved = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder.url))
    #expect(resolved.dataset == .init(name: "tiny", version: "1", classes: ["class 0", "class 1", "class 2"]))
    #expect(resolved.recipe == "quick" && resolved.recipeVersion == Recipe.quick.version)
    #expect(resolved.overrides == ["epochs": "2"] && resolved.initialWeights == nil)
    let rates: JSONValue = [
      "baseline": .number(recipe.baselineLearningRate), "sampling": .number(recipe.learningRate),
    ]
    #expect(resolved.values["batch"] == .number(4) && resolved.values["learning_rate"] == rates)
    let fingerprints: [FingerprintRow] = try CSVTable.read(from: RecordsFile.fingerprints.url(in: folder.url))
    #expect(fingerprints.map(\.epoch) == [1, 2])
    #expect(Set(fingerprints.map(\.weightsSHA256)).count == 2)
    #expect(fingerprints.allSatisfy { $0.weightsSHA256.count == 64 })

    // A value changed under the same name and version keeps the table's key, but is rejected nevertheless.
    recipe.momentum = 0.8
    #expect { try run([.baseline, .s3n], recipe: recipe, into: folder) } throws: {
      "\($0)".contains("values.momentum '0.9', but this run has '0.8'")
    }
  }

  @Test func whereTheTestImagesAreLookedAtIsRecordedForEveryEpoch() throws {
    let folder = try TemporaryFolder()
    let variants: [Variant] = [.baseline, .s3n, .identity, .discriminativeOnly]
    var recipe = Recipe.tiny
    recipe.size = 96
    _ = try run(variants, recipe: recipe, into: folder) { $0.kept = [.last] }
    let rows: [SamplingRow] = try CSVTable.read(from: RecordsFile.sampling.url(in: folder.url))
    #expect(
      rows.map { "\($0.runID) \($0.epoch)" }
        == ["s3n", "identity", "discriminative-only"].flatMap { variant in
          (1...2).map { "tiny-quick-\(variant)-seed0 \($0)" }
        })
    #expect(rows.allSatisfy { $0.images == 5 && $0.radius != nil })
    #expect(rows[2...3].allSatisfy { $0.mostPeaks == 0 && $0.meanScore == nil && $0.filterChange == 0 })
    #expect(rows[4...5].allSatisfy { $0.radiusInverse == nil })

    // The same numbers from the model of the last epoch.
    let path = folder.url.appendingPathComponent("checkpoints/s3n-seed0.safetensors").path
    let model = try TrainedModel(reading: path)
    guard case .s3n(let network) = model.network else { throw CancellationError() }
    var peaks: [[Peak]] = []
    try model.eachTestPass(over: .tiny()) { pass in
      peaks += network.sampling(network.backbone.evaluate(pass.batch.images), pass.context).peaks
    }
    let (counts, scores) = (peaks.map(\.count), peaks.joined().map { Double($0.strength) })
    #expect(rows[1].meanPeaks == Double(counts.reduce(0, +)) / 5)
    #expect(rows[1].fewestPeaks == counts.min() && rows[1].mostPeaks == counts.max())
    #expect(rows[1].meanScore == scores.reduce(0, +) / Double(scores.count))
    #expect(rows[1].radius == network.sampler.radius.value[0] && rows[1].radius != 0.09)
    #expect(rows[1].radiusInverse == network.sampler.radiusInverse.value[0])
    #expect(rows[1].filterChange == network.sampler.filterChange && rows[1].filterChange > 0)
  }

  @Test func aFolderWithoutTheFileIsReadCheckedAndGoneOnIn() throws {
    let folder = try TemporaryFolder()
    _ = try run([.s3n], into: folder)
    try FileManager.default.removeItem(at: RecordsFile.sampling.url(in: folder.url))
    #expect(try RunRecords(reading: folder.url).findings == [])
    _ = try run([.s3n, .identity], into: folder)
    let rows: [SamplingRow] = try CSVTable.read(from: RecordsFile.sampling.url(in: folder.url))
    #expect(Set(rows.map(\.runID)) == ["tiny-quick-identity-seed0"])
    #expect(try RunRecords(reading: folder.url).findings == [])
  }

  @Test func aCommandThatFindsAllFinishedLeavesNoRecord() throws {
    let folder = try TemporaryFolder()
    for _ in 0..<2 { _ = try run([.baseline], into: folder) }
    let file = RecordsFile.environment.url(in: folder.url)
    #expect(try EnvironmentFile.read(from: file).commands.count == 1)
    _ = try run([.baseline, .identity], into: folder)
    #expect(try EnvironmentFile.read(from: file).commands.count == 2)
  }

  @Test(arguments: Precision.allCases) func oneSeedGivesTheSameFilesOnAnyNumberOfThreads(_ precision: Precision) throws
  {
    let variants: [Variant] = precision == .fp32 ? [.baseline, .s3n, .s3nP1, .randomPeaks] : [.baseline, .s3n]
    var recipe = Recipe.tiny
    recipe.precision = precision
    let folders = [try TemporaryFolder(), try TemporaryFolder()]
    for (folder, count) in zip(folders, [1, 3]) {
      _ = try withThreads(count) { try run(variants, recipe: recipe, into: folder) }
    }
    #expect(try folders[0].text(of: RecordsFile.runs.rawValue).contains("precision=bf16") == (precision == .bf16))
    for file in [RecordsFile.runs, .epochs, .predictions, .fingerprints, .sampling, .recipe] {
      #expect(try folders[0].text(of: file.rawValue) == folders[1].text(of: file.rawValue), "\(file.rawValue)")
    }
    let stages: [[StageRow]] = try folders.map { try CSVTable.read(from: RecordsFile.stages.url(in: $0.url)) }
    func untimed(_ rows: [StageRow]) -> [String] { rows.map { "\($0.runID) \($0.phase) \($0.step) \($0.stage)" } }
    #expect(untimed(stages[0]) == untimed(stages[1]))
  }

  @Test func anotherSeedGivesOtherResults() throws {
    let folder = try TemporaryFolder()
    let store = try run([.baseline], seeds: [0, 1], into: folder)
    let losses = try store.runRows().filter { $0.metric == Metric.trainLoss }.map(\.value)
    #expect(losses.count == 2 && losses[0] != losses[1])
  }

  @Test func stagesAddUpToTheStep() throws {
    let folder = try TemporaryFolder()
    _ = try run([.s3n], into: folder)
    let rows: [StageRow] = try CSVTable.read(from: RecordsFile.stages.url(in: folder.url))
    for phase in ["train", "infer"] {
      let steps = Dictionary(grouping: rows.filter { $0.phase == phase }, by: \.step)
      #expect(steps.count == (phase == "train" ? 4 : 4))
      for (_, stages) in steps {
        let whole = stages.filter { $0.stage == StageRow.wholeStep }.map(\.durationNanoseconds)
        let parts = stages.filter { $0.stage != StageRow.wholeStep }.map(\.durationNanoseconds)
        #expect(whole == [parts.reduce(0, +)])
      }
    }
    #expect(rows.contains { $0.phase == "load" && $0.stage == "decode" })
  }

  @Test func aRunThatDivergesIsNotedAndTheNextOneBegins() throws {
    let folder = try TemporaryFolder()
    var recipe = Recipe.tiny
    (recipe.learningRate, recipe.baselineLearningRate) = (1e30, 1e30)
    let store = try run([.baseline, .s3n], recipe: recipe, into: folder)
    let rows = try store.runRows()
    #expect(Set(rows.map(\.variant)) == ["baseline", "s3n"])
    #expect(rows.allSatisfy { $0.status == .diverged && $0.value == nil })
    let baseline = rows.filter { $0.variant == "baseline" }
    #expect(baseline.map(\.fact) == RunFacts.diverged(heads: ["raw"]))
    #expect(try RunRecords(reading: folder.url).findings == [])
    #expect(Summary(of: rows).table().contains("diverged"))
    #expect(store.divergedRunIDs == store.finishedRunIDs && store.divergedRunIDs.count == 2)
  }

  @Test func aModelThatWasNotKeptIsMissedBeforeAnythingIsTrained() throws {
    let folder = try TemporaryFolder()
    _ = try run([.baseline], into: folder)
    var begun = 0
    func again(_ variants: [Variant], recipe: Recipe = .tiny, in folder: TemporaryFolder) throws {
      _ = try run(variants, recipe: recipe, into: folder) {
        $0.kept = [.last]
        $0.report = { if case .began = $0 { begun += 1 } }
      }
    }
    let error = #expect(throws: ExperimentError.self) { try again([.s3n, .baseline], in: folder) }
    let path = folder.url.appendingPathComponent("checkpoints/baseline-seed0.safetensors").path
    #expect(error == .modelNotKept(runID: "tiny-quick-baseline-seed0", path: path) && begun == 0)
    #expect(error?.fault == .usage && error?.description.contains("with another --out") == true)

    // A diverged run has no model to miss; a kept model is there the next time, until it is removed.
    let other = try TemporaryFolder()
    var hopeless = Recipe.tiny
    hopeless.baselineLearningRate = 1e30
    for _ in 0..<2 { try again([.baseline], recipe: hopeless, in: other) }
    let third = try TemporaryFolder()
    for _ in 0..<2 { try again([.baseline], in: third) }
    #expect(begun == 2)
    try FileManager.default.removeItem(at: third.url.appendingPathComponent("checkpoints/baseline-seed0.safetensors"))
    #expect(throws: ExperimentError.self) { try again([.baseline], in: third) }
  }

  @Test func anInterruptedAblationKeepsWhatIsFinishedAndGoesOn() throws {
    let folder = try TemporaryFolder()
    var steps = 0
    #expect(throws: ExperimentError.interrupted) {
      _ = try run([.baseline, .s3n], into: folder) {
        $0.shouldStop = {
          steps += 1
          return steps > 11
        }
      }
    }
    var begun: [String] = []
    let store = try run([.baseline, .s3n], into: folder) {
      $0.report = { if case .began(let cell, _, _, _) = $0 { begun.append(cell.key) } }
    }
    #expect(begun == ["s3n-seed0"])
    #expect(store.finishedRunIDs == ["tiny-quick-baseline-seed0", "tiny-quick-s3n-seed0"])

    let whole = try TemporaryFolder()
    _ = try run([.baseline, .s3n], into: whole)
    #expect(try folder.text(of: "epochs.csv") == whole.text(of: "epochs.csv"))
    #expect(try folder.text(of: "runs.csv") == whole.text(of: "runs.csv"))
  }

  @Test func groupsOfImagesAddUpToTheWholeBatchWhereNothingIsShared() throws {
    // The steps are the same with a group as large as the batch and without groups.
    let folders = [try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder()]
    for (folder, group) in zip(folders, [nil, 4, 2]) {
      var recipe = Recipe.tiny
      recipe.normalizationGroup = group
      _ = try run([.s3n], recipe: recipe, into: folder)
    }
    #expect(try folders[0].text(of: "epochs.csv") == folders[1].text(of: "epochs.csv"))
    #expect(try folders[0].text(of: "epochs.csv") != folders[2].text(of: "epochs.csv"))
  }

  @Test func aSingleClassIsRefused() throws {
    let plan = try AblationPlan(dataset: "tiny", recipe: .tiny, variants: [.baseline])
    #expect(throws: ExperimentError.self) { try Ablation(plan, on: .tiny(classes: 1)).validate() }
    try Ablation(plan, on: .tiny(classes: 2)).validate()
  }

  @Test func theWorkReportedIsTheWorkAnnounced() throws {
    let folder = try TemporaryFolder()
    var announced = 0
    var done = 0
    _ = try run([.baseline, .s3n], into: folder) {
      announced = $0.totalWork
      $0.report = { if case .worked(let step) = $0 { done += step.work } }
    }
    #expect(done == announced)
  }
}
