import Datasets
import Files
import Foundation
import Records
import Testing
import ThreadCounts
import WeightFiles

@testable import Experiments

// The number of threads belongs to the engine, not to a test.
@Suite(.serialized) struct ResumeTests {
  private let ablation: TinyAblation

  init() throws { ablation = try TinyAblation() }

  /// The files of the ablation without interruption.
  private static let undisturbed = Result {
    let ablation = try TinyAblation()
    let outcome = try ablation.run()
    if let error = outcome.error { throw error }
    return (contents: try ablation.contents(), steps: outcome.steps)
  }

  @Test func whereverARunIsInterruptedItGoesOnToTheSameFiles() throws {
    let (contents, steps) = try Self.undisturbed.get()
    for count in 1..<steps {
      let ablation = try TinyAblation()
      let first = try ablation.run(steps: count)
      #expect(first.error as? ExperimentError == .interrupted && first.steps == count)
      guard case .saved = first.events.last else { throw first.error ?? CancellationError() }
      let second = try withThreads(3) { try ablation.run() }
      #expect(second.error == nil && second.notes == [] && second.steps == steps - count)
      #expect(try ablation.differences(from: contents) == [], "interrupted after \(count) steps")
    }
  }

  @Test func aRunMayBeInterruptedAgainAndAgain() throws {
    let (contents, steps) = try Self.undisturbed.get()
    for _ in 0..<steps { try ablation.run(steps: 1) }
    #expect(try ablation.run().error == nil && ablation.differences(from: contents) == [])
  }

  @Test func rowsBeyondWhatWasSavedAreWrittenAgain() throws {
    let (contents, steps) = try Self.undisturbed.get()
    try ablation.run(steps: 1)
    let state = try Data(contentsOf: ablation.state)
    // What a kill leaves: the rows of an epoch and part of another row, without the state that includes them.
    try ablation.run(steps: steps - 2)
    try FileManager.default.createDirectory(
      at: ablation.state.deletingLastPathComponent(), withIntermediateDirectories: true)
    try state.write(to: ablation.state)
    let epochs = try FileHandle(forWritingTo: RecordsFile.epochs.url(in: ablation.folder.url))
    try epochs.seekToEnd()
    try epochs.write(contentsOf: Data("tiny-quick-s3n-se".utf8))
    try epochs.close()
    let outcome = try ablation.run()
    #expect(outcome.error == nil && outcome.notes == [] && outcome.steps == steps - 1)
    #expect(try ablation.differences(from: contents) == [])
  }

  @Test func aStateOfAFinishedRunIsOfNoUse() throws {
    try ablation.run(steps: 1)
    let state = try Data(contentsOf: ablation.state)
    try ablation.run()
    #expect(!FileManager.default.fileExists(atPath: ablation.state.deletingLastPathComponent().path))
    // Killed between writing its last row and removing its state.
    try FileManager.default.createDirectory(
      at: ablation.state.deletingLastPathComponent(), withIntermediateDirectories: true)
    try state.write(to: ablation.state)
    let outcome = try ablation.run()
    #expect(outcome.error == nil && outcome.steps == 0)
    #expect(try ablation.differences(from: Self.undisturbed.get().contents) == [])
  }

  @Test func aDamagedStateIsToldOfAndTheRunBeginsAnew() throws {
    let (contents, steps) = try Self.undisturbed.get()
    try ablation.run(steps: 5)
    let state = try Data(contentsOf: ablation.state)
    var damaged = [Data(), state.prefix(7), state.prefix(1000), state.dropLast(1), state + Data([0])]
    for position in [9, 3000, state.count / 2, state.count - 1] {
      var copy = state
      copy[position] ^= 0x10
      damaged.append(copy)
    }
    for data in damaged {
      let ablation = try TinyAblation()
      try ablation.run(steps: 5)
      try data.write(to: ablation.state)
      let outcome = try ablation.run()
      #expect(outcome.notes.first?.contains("is damaged, so its run starts over") == true, "\(outcome)")
      #expect(outcome.error == nil && outcome.steps == steps)
      #expect(try ablation.differences(from: contents) == [])
    }
  }

  @Test func rowsThatWereChangedAreNotGoneOnWith() throws {
    try ablation.run(steps: 5)
    let epochs = RecordsFile.epochs.url(in: ablation.folder.url)
    try Data(try String(contentsOf: epochs, encoding: .utf8).dropLast(40).utf8).write(to: epochs)
    let outcome = try ablation.run()
    #expect(outcome.error == nil && outcome.notes.first?.contains("have changed since its last save") == true)
    #expect(try ablation.differences(from: Self.undisturbed.get().contents) == [])
  }

  @Test func whatCannotBeGoneOnFromIsRefusedAndLeftAsItIs() throws {
    try ablation.run(steps: 5)
    let before = try ablation.contents()
    func refused(_ change: (TinyAblation) -> Void, on dataset: Dataset = .tiny()) throws -> any Error {
      let (variants, recipe) = (ablation.variants, ablation.recipe)
      defer { (ablation.variants, ablation.recipe) = (variants, recipe) }
      change(ablation)
      let error = try #require(try ablation.run(on: dataset).error)
      #expect(try ablation.differences(from: before) == [])
      return error
    }
    #expect("\(try refused { $0.recipe.momentum = 0.8 })".contains("values.momentum"))
    #expect("\(try refused({ _ in }, on: .tiny(classes: 2)))".contains("classes"))
    let path = ablation.folder.url.path + "/state/tiny-quick-s3n-seed0.safetensors"
    let other = try refused { $0.variants = [.baseline] } as? ExperimentError
    #expect(other == .otherRunUnderWay(runID: "tiny-quick-s3n-seed0", path: path))

    // Without recipe.json, the state detects it.
    let recipe = RecordsFile.recipe.url(in: ablation.folder.url)
    try FileManager.default.removeItem(at: recipe)
    ablation.recipe.momentum = 0.8
    let outcome = try ablation.run()
    #expect("\(outcome.error ?? CancellationError())".contains("values.momentum '0.9', but this run has '0.8'"))
    #expect(try Data(contentsOf: ablation.state) == before["state/tiny-quick-s3n-seed0.safetensors"])
  }

  @Test func aStateOfAnotherFormatIsRefused() throws {
    try ablation.run(steps: 5)
    let file = try WeightFile(reading: ablation.state.path)
    var metadata = file.metadata
    metadata["format"] = "s3n-bench training state 3"
    try writeSafetensors(file.tensors, metadata: metadata, to: ablation.state.path)
    let before = try ablation.contents()
    let error = try ablation.run().error as? ExperimentError
    #expect(error?.description.contains("the version of bench that wrote it") == true && error?.fault == .data)
    #expect(try ablation.differences(from: before) == [])
  }

  @Test func aRunThatWasInterruptedGoesOnFirst() throws {
    try ablation.run(steps: 5)
    ablation.variants = [.baseline, .s3n]
    let outcome = try ablation.run()
    let begun = outcome.events.compactMap { if case .began(let cell, _, _, _) = $0 { cell.variant.name } else { nil } }
    #expect(outcome.error == nil && begun == ["s3n", "baseline"])
  }

  @Test func whatFailsAfterTheLastEpochLosesNothing() throws {
    let (contents, steps) = try Self.undisturbed.get()
    let blocked = ablation.folder.url.appendingPathComponent("checkpoints/s3n-seed0.safetensors")
    try FileManager.default.createDirectory(at: blocked, withIntermediateDirectories: true)
    // Makes the folder one that a command resumes.
    try CSVTable.write([RunRow](), to: RecordsFile.runs.url(in: ablation.folder.url))
    let first = try ablation.run()
    #expect(first.steps == steps && "\(first.error ?? CancellationError())".contains("it is a folder"))
    try FileManager.default.removeItem(at: blocked)
    let second = try ablation.run()
    #expect(second.error == nil && second.steps == 0)
    #expect(try ablation.differences(from: contents) == [])
  }

  @Test func aFailureOfTheDiskIsGoneOnFromAsWell() throws {
    let (contents, steps) = try Self.undisturbed.get()
    let fault = try #require(Fault("fsync:21:ENOSPC"))
    let first = try Fault.$current.withValue(fault) { try ablation.run() }
    #expect("\(first.error ?? CancellationError())".contains("no space left on device"))
    let second = try ablation.run()
    #expect(second.error == nil && second.steps < steps)
    #expect(try ablation.differences(from: contents) == [])
  }

  @Test func theBestModelIsThatOfTheFirstBestEpoch() throws {
    ablation.recipe.samplingSchedule = .init(epochs: 6, decayEpoch: 4, splitEpoch: 2)
    try ablation.run(steps: 13)
    try ablation.run()
    let runs: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: ablation.folder.url))
    let best = try #require(runs.first { $0.metric == Metric.bestEpoch }?.value)
    func epoch(_ name: String) throws -> Int {
      try Checkpoint(reading: ablation.folder.url.appendingPathComponent("checkpoints/\(name).safetensors").path).epoch
    }
    #expect(try epoch("s3n-seed0-best") == Int(best) - 1 && epoch("s3n-seed0") == 5)
    let top1 = runs.first { $0.metric == Metric.bestTop1 && $0.head == "joint" }?.value
    let path = ablation.folder.url.appendingPathComponent("checkpoints/s3n-seed0-best.safetensors").path
    #expect(try TrainedModel(reading: path).evaluate(on: .tiny()).scores[0].top1 == top1)
  }

  @Test func theBestModelCannotBeAskedForLater() throws {
    ablation.change = { _ in }
    try ablation.run(steps: 5)
    ablation.change = { $0.kept = [.best] }
    let error = try ablation.run().error as? ExperimentError
    #expect(error?.fault == .usage && error?.description.contains("s3n-seed0-best.safetensors") == true)
  }
}
