import Datasets
import Foundation
import Records
import ThreadCounts
import TestSupport

@testable import Experiments

/// A short ablation in its own folder, run in pieces.
final class TinyAblation {
  let folder: TemporaryFolder
  var variants = [Variant.s3n]
  /// A recipe with images large enough for peaks.
  var recipe = {
    var recipe = Recipe.tiny
    recipe.size = 64
    return recipe
  }()
  var change: (inout Ablation) -> Void = { $0.kept = [.best, .last] }

  init() throws { folder = try TemporaryFolder() }

  /// The outcome of one piece.
  struct Outcome {
    var notes: [String] = []
    var events: [TrainingEvent] = []
    var error: (any Error)?

    /// The number of training and test steps.
    var steps: Int { events.count { if case .worked = $0 { true } else { false } } }
  }

  /// Runs what is missing, for at most `steps` steps.
  @discardableResult
  func run(steps: Int = .max, on dataset: Dataset = .tiny()) throws -> Outcome {
    var outcome = Outcome()
    var ablation = try Ablation(AblationPlan(dataset: "tiny", recipe: recipe, variants: variants), on: dataset)
    change(&ablation)
    ablation.report = { outcome.events.append($0) }
    ablation.shouldStop = { outcome.steps >= steps }
    do {
      let output = try OutputFolder(folder.url, for: ablation)
      outcome.notes = output.notes
      try ablation.run(in: output)
    } catch { outcome.error = error }
    return outcome
  }

  /// The state file of the first variant's run.
  var state: URL { folder.url.appendingPathComponent("state/tiny-quick-\(variants[0].name)-seed0.safetensors") }

  /// Returns everything in the folder by path, including hidden files, without times and memory use.
  func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.url.path) {
      let file = folder.url.appendingPathComponent(name)
      if name == RecordsFile.environment.rawValue { continue }
      contents[name] = (try? Data(contentsOf: file)) ?? Data()
    }
    let stages: [StageRow] = try CSVTable.read(from: RecordsFile.stages.url(in: folder.url))
    contents[RecordsFile.stages.rawValue] = Data(
      stages.map { "\($0.runID) \($0.phase) \($0.step) \($0.stage)\n" }.joined().utf8)
    let memory: [MemoryRow] = try CSVTable.read(from: RecordsFile.memory.url(in: folder.url))
    contents[RecordsFile.memory.rawValue] = Data(memory.map { "\($0.runID) \($0.epoch)\n" }.joined().utf8)
    return contents
  }

  /// Returns the names of files that differ from `other`'s or exist on one side only.
  func differences(from other: [String: Data]) throws -> [String] {
    let found = try contents()
    return Set(found.keys).union(other.keys).filter { found[$0] != other[$0] }.sorted()
  }
}
