import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct UnfinishedRunTests {
  private let folder: TemporaryFolder
  private let key = RecordsTests.key(overrides: "epochs=2")
  private let names = ["epochs.csv", "stages.csv", "predictions.csv", "fingerprints.csv", "sampling.csv"]

  init() throws { folder = try TemporaryFolder() }

  private func addEpoch(_ number: Int, of id: String, to store: RunStore) throws {
    try store.append([EpochRow(runID: id, epoch: number, metric: Metric.trainLoss, unit: "nat", value: 1.25)])
    try store.append([FingerprintRow(runID: id, epoch: number, weightsSHA256: "00")])
    try store.append([SamplingRow(runID: id, epoch: number)])
    try store.append([StageRow(runID: id, phase: "train", step: number, stage: "step", durationNanoseconds: 12)])
  }

  private func finish(_ id: String, in store: RunStore) throws {
    try store.append([
      PredictionRow(
        runID: id, image: "a.jpg", head: "joint", label: "wren", predicted: "wren", probability: 0.5,
        labelProbability: 0.5, labelRank: 1)
    ])
    try store.append([
      RunRow(
        runID: id, table: key, variant: "s3n", seed: 0, head: "joint", metric: Metric.top1, unit: Metric.percent,
        value: 50, n: 10)
    ])
  }

  /// Returns a run next to a finished one, saved after epoch 1 and stopped in epoch 3, and the files as saved.
  private func interrupted() throws -> (run: UnfinishedRun, files: [String]) {
    let store = try RunStore(at: folder.url, key: key)
    try addEpoch(1, of: "one", to: store)
    try finish("one", in: store)
    try addEpoch(1, of: "two", to: store)
    let run = store.unfinished("two")
    let files = try names.map { try folder.text(of: $0) }
    try addEpoch(2, of: "two", to: store)
    try store.append([EpochRow(runID: "two", epoch: 3, metric: Metric.trainLoss, unit: "nat", value: 1)])
    return (run, files)
  }

  private func begin(with run: UnfinishedRun) throws -> (goesOn: Bool, store: RunStore) {
    let store = try RunStore(opening: folder.url, key: key)
    return (try store.begin(with: run), store)
  }

  @Test func rowsBeyondTheLengthsAreCutOff() throws {
    let (run, files) = try interrupted()
    for rest in ["", "two,3", "tw", "two,3,,loss,nat,1,\n", "\0\0\0"] {
      try folder.write(try folder.text(of: "epochs.csv") + rest, to: "epochs.csv")
      let (goesOn, store) = try begin(with: run)
      #expect(goesOn && store.leftovers == nil && store.finishedRunIDs == ["one"])
      #expect(try names.map { try folder.text(of: $0) } == files)
      #expect(store.unfinished("two") == run)
      try addEpoch(2, of: "two", to: store)
    }
    let again = try JSONDecoder().decode(UnfinishedRun.self, from: JSONEncoder().encode(run))
    #expect(again == run)
  }

  @Test func filesThatAreShorterAreNotGoneOnWith() throws {
    for name in names where name != "predictions.csv" {
      let (run, files) = try interrupted()
      try folder.write(String(files[names.firstIndex(of: name) ?? 0].dropLast(1)), to: name)
      let (goesOn, store) = try begin(with: run)
      #expect(!goesOn && store.leftovers?.runs == ["two"])
      #expect(try !names.contains { try folder.text(of: $0).contains("two") })
      for name in names + ["runs.csv", "memory.csv"] {
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent(name))
      }
    }
  }

  @Test func aRunThatWasFinishedSinceOrBesideAnotherIsNotGoneOnWith() throws {
    let run = try interrupted().run
    do {
      let store = try begin(with: run).store
      try finish("two", in: store)
    }
    let whole = try names.map { try folder.text(of: $0) }
    #expect(try !begin(with: run).goesOn)
    #expect(try names.map { try folder.text(of: $0) } == whole)
  }

  @Test func withoutOneTheRowsAreRemoved() throws {
    _ = try interrupted()
    let store = try RunStore(at: folder.url, key: key)
    #expect(store.leftovers?.runs == ["two"])
    #expect(try !names.contains { try folder.text(of: $0).contains("two") })
  }
}
