import Datasets
import Experiments
import Foundation
import Models
import Records
import Tensors
import Testing

// Threads are the engine's, not a test's.
@Suite(.serialized) struct AblationTests {
  private func run(
    _ variants: [Variant], recipe: Recipe = .tiny, seeds: [UInt64] = [0], into folder: TemporaryFolder,
    change: (inout Ablation) -> Void = { _ in }
  ) throws -> RunStore {
    let plan = try AblationPlan(dataset: "tiny", recipe: recipe, variants: variants, seeds: seeds)
    var ablation = try Ablation(plan, on: .tiny())
    change(&ablation)
    let store = try RunStore(at: folder.url, key: plan.tableKey)
    try ablation.run(into: store)
    return store
  }

  @Test func everyVariantRunsAndLeavesItsRows() throws {
    let folder = try TemporaryFolder()
    let runs = try run(Variant.all, into: folder).runRows()
    for variant in Variant.all {
      let rows = runs.filter { $0.variant == variant.name }
      let heads = Set(rows.filter { $0.metric == Metric.top1 }.map(\.head))
      #expect(heads.count == (variant.branches.isEmpty ? 1 : 2 + variant.branches.count), "\(variant.name)")
      #expect(rows.allSatisfy { $0.status == .finished && $0.seed == 0 && $0.recipe == "quick" })
      #expect(rows.filter { $0.metric == Metric.top1 }.allSatisfy { $0.n == 5 && $0.unit == "percent" })
      #expect(rows.first?.p == variant.policy.map { "\($0.p)" })
      #expect((rows.first?.radius != nil) == variant.usesRadius)
    }
    let predictions: [PredictionRow] = try CSVTable.read(from: RecordsFile.predictions.url(in: folder.url))
    #expect(predictions.count == 5 * Variant.all.count)
    let epochs: [EpochRow] = try CSVTable.read(from: RecordsFile.epochs.url(in: folder.url))
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
    let correct = predictions.count { $0.label == $0.predicted }
    let joint = runs.first { $0.metric == Metric.top1 && $0.head == "joint" }
    #expect(joint?.value == 100 * Double(correct) / 5)
    #expect(predictions.allSatisfy { $0.probability > 1.0 / 3 - 1e-6 && $0.probability <= 1 })
  }

  @Test func oneSeedGivesTheSameFilesOnAnyNumberOfThreads() throws {
    let variants: [Variant] = [.baseline, .s3n, .s3nP1, .randomPeaks]
    let folders = [try TemporaryFolder(), try TemporaryFolder()]
    let threads = Threads.count
    defer { Threads.use(threads) }
    for (folder, count) in zip(folders, [1, 3]) {
      Threads.use(count)
      _ = try run(variants, into: folder)
    }
    for file in [RecordsFile.runs, .epochs, .predictions] {
      #expect(try folders[0].text(file.rawValue) == folders[1].text(file.rawValue), "\(file.rawValue)")
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
    recipe.learningRate = 1e30
    let rows = try run([.baseline, .s3n], recipe: recipe, into: folder).runRows()
    #expect(Set(rows.map(\.variant)) == ["baseline", "s3n"])
    #expect(rows.allSatisfy { $0.status == .diverged && $0.value == nil })
    #expect(Summary(of: rows).table.contains("diverged"))
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
    #expect(try folder.text("epochs.csv") == whole.text("epochs.csv"))
    #expect(try folder.text("runs.csv") == whole.text("runs.csv"))
  }

  @Test func groupsOfImagesAddUpToTheWholeBatchWhereNothingIsShared() throws {
    // With a group as large as the batch, and with none, the steps are the same.
    let folders = [try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder()]
    for (folder, group) in zip(folders, [nil, 4, 2]) {
      var recipe = Recipe.tiny
      recipe.normalizationGroup = group
      _ = try run([.s3n], recipe: recipe, into: folder)
    }
    #expect(try folders[0].text("epochs.csv") == folders[1].text("epochs.csv"))
    #expect(try folders[0].text("epochs.csv") != folders[2].text("epochs.csv"))
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
      $0.report = { if case .worked(_, let work) = $0 { done += work } }
    }
    #expect(done == announced)
  }
}
