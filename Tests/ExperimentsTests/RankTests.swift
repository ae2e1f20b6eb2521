import Collectives
import Datasets
import Foundation
import Records
import Synchronization
import TestSupport
import Testing
import ThreadCommunicator

@testable import Experiments

// The number of threads belongs to the engine, not to a test.
@Suite(.serialized) struct RankTests {
  /// Batches of four groups, the last batch of two groups, so that some of four ranks are idle.
  private static let recipe = {
    var recipe = Recipe.tiny
    (recipe.size, recipe.batch, recipe.normalizationGroup) = (64, 8, 2)
    return recipe
  }()

  private static func ablation(_ recipe: Recipe = recipe, seed: UInt64 = 0) throws -> Ablation {
    let plan = try AblationPlan(dataset: "tiny", recipe: recipe, variants: [.s3n, .baseline], seeds: [seed])
    return try Ablation(plan, on: .tiny(train: 19, test: 21))
  }

  /// Runs what is missing in `folder` on `ranks` ranks, each a thread; the last rank asks to stop after `steps` steps.
  private func run(_ ranks: Int, in folder: URL, steps: Int = .max) -> [Result<Void, any Error>] {
    let done = Mutex(0)
    return ThreadCommunicator.run(ranks) { communicator in
      var ablation = try Self.ablation()
      ablation.ranks = communicator
      let isLast = communicator.rank == ranks - 1
      ablation.shouldStop = { isLast && done.withLock { $0 } >= steps }
      guard communicator.rank == 0 else { return try ablation.assist() }
      ablation.report = { if case .worked = $0 { done.withLock { $0 += 1 } } }
      try ablation.run(in: OutputFolder(folder, for: ablation))
    }
  }

  /// Returns all files that do not depend on time and place.
  private func contents(of folder: TemporaryFolder) throws -> [String] {
    try ["runs", "epochs", "predictions", "fingerprints", "sampling"].map { try folder.text(of: $0 + ".csv") }
  }

  private static let alone = Mutex<[String]?>(nil)

  /// Returns what a single process writes.
  private func expected() throws -> [String] {
    if let known = Self.alone.withLock({ $0 }) { return known }
    let folder = try TemporaryFolder()
    for outcome in run(1, in: folder.url) { try outcome.get() }
    let contents = try contents(of: folder)
    Self.alone.withLock { $0 = contents }
    return contents
  }

  @Test(arguments: [2, 4]) func severalRanksMakeTheSameBits(ranks: Int) throws {
    let folder = try TemporaryFolder()
    for outcome in run(ranks, in: folder.url) { try outcome.get() }
    #expect(try contents(of: folder) == expected())
  }

  @Test func oneRankWantsToStopAndAllDoAndOthersGoOn() throws {
    for steps in [1, 4, 9] {
      let folder = try TemporaryFolder()
      for (count, ranks) in [(steps, 2), (2, 4), (.max, 1)] {
        for outcome in run(ranks, in: folder.url, steps: count) {
          if count < .max { #expect(throws: ExperimentError.interrupted) { try outcome.get() } }
          if count == .max { try outcome.get() }
        }
      }
      #expect(try contents(of: folder) == expected(), "interrupted after \(steps) steps")
    }
  }

  @Test func aStepThatFailedAmongTheRanksIsNotSaved() throws {
    for calls in [1, 4, 9] {
      let folder = try TemporaryFolder()
      let url = folder.url
      let outcomes = ThreadCommunicator.run(2) { communicator in
        var ablation = try Self.ablation()
        ablation.ranks = FailingCommunicator(communicator, after: calls)
        guard communicator.rank == 0 else { return try ablation.assist() }
        try ablation.run(in: OutputFolder(url, for: ablation))
      }
      for outcome in outcomes { #expect(throws: CommunicationError.self) { try outcome.get() } }
      for outcome in run(1, in: folder.url) { try outcome.get() }
      #expect(try contents(of: folder) == expected(), "failed after \(calls) sums")
    }
  }

  @Test func groupsThatCannotBeSharedOutAreRefused() throws {
    let outcomes = ThreadCommunicator.run(3) { communicator in
      var ablation = try Self.ablation()
      ablation.ranks = communicator
      try ablation.validate()
    }
    for outcome in outcomes {
      #expect(throws: ExperimentError.unevenGroups(batch: 8, groups: 4, ranks: 3)) { try outcome.get() }
    }
  }

  @Test func ranksWithOtherWeightsAreFoundOut() throws {
    let outcomes = ThreadCommunicator.run(3) { communicator in
      let cell = Cell(.baseline, seed: communicator.rank == 2 ? 1 : 0)
      let trainer = Trainer(
        cell, Self.recipe, cell.makeModel(Self.recipe, classes: 3), on: .tiny(), ranks: communicator)
      _ = try trainer.fingerprint()
    }
    for outcome in outcomes {
      #expect(throws: ExperimentError.otherWeights(epoch: 0, ranks: [2])) { try outcome.get() }
    }
  }

  @Test func allSetupsMustBeAlike() throws {
    func setup(
      _ recipe: Recipe = Self.recipe, seed: UInt64 = 0, program: String = "abc", set: String = "avx2",
      host: String = "a"
    ) throws -> RankSetup {
      RankSetup(
        of: try Self.ablation(recipe, seed: seed), host: host, program: program, commit: nil, instructionSet: set,
        libraries: ["openblas": "0.3.21"])
    }
    func refused(_ setups: [RankSetup]) -> String {
      "\(#expect(throws: ExperimentError.self) { try RankSetup.requireAgreement(of: setups) } as Any)"
    }
    let mine = try setup()
    try RankSetup.requireAgreement(of: [mine, mine, setup(host: "b")])
    #expect(
      try refused([mine, mine, setup(set: "portable", host: "b")])
        .contains("need the same instruction set: avx2 on ranks 0, 1 (a); portable on rank 2 (b)."))
    #expect(try refused([mine, setup(program: "def")]).contains("SHA-256 def on rank 1 (a)"))
    #expect(try refused([mine, setup(seed: 3)]).contains("same runs: s3n-seed0 baseline-seed0 on rank 0"))
    var recipe = Self.recipe
    recipe.momentum = 0.8
    #expect(try refused([mine, setup(recipe)]).contains("same values.momentum: 0.9 on rank 0 (a); 0.8 on rank 1"))
  }
}

/// A communicator whose sums fail after some calls, like a network that breaks down during a step.
private final class FailingCommunicator: Communicator {
  private let inner: ThreadCommunicator
  private let left: Mutex<Int>

  init(_ inner: ThreadCommunicator, after calls: Int) {
    self.inner = inner
    left = Mutex(calls)
  }

  var rank: Int { inner.rank }
  var count: Int { inner.count }

  func allToAll(
    _ sent: UnsafeRawBufferPointer, _ received: UnsafeMutableRawBufferPointer
  ) throws(CommunicationError) {
    let isBroken = left.withLock {
      $0 -= 1
      return $0 < 0
    }
    if isBroken { throw .aborted(code: 1) }
    try inner.allToAll(sent, received)
  }

  func allGather(
    _ sent: UnsafeRawBufferPointer, _ received: UnsafeMutableRawBufferPointer
  ) throws(CommunicationError) { try inner.allGather(sent, received) }

  func broadcast(_ bytes: UnsafeMutableRawBufferPointer) throws(CommunicationError) { try inner.broadcast(bytes) }
  func finish() {}
  func abort(_ code: Int32) { inner.abort(code) }
}
