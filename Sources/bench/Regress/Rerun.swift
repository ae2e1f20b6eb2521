import Files
import Foundation
import Records
import Regression
import WeightFiles

/// Repeats single runs of a folder.
struct Rerun {
  private let recorded: RecordedRuns
  private let commands: [RecordedCommand]

  init(of recorded: RecordedRuns, data: String?) throws {
    self.recorded = recorded
    commands = try FreshRuns.commands(of: recorded.folder, data: data)
  }

  /// Throws `unknownRun` for a run that the folder does not hold.
  func requireRun(_ run: String) throws(RegressError) {
    let known = recorded.records.runIDs
    guard known.contains(run) else {
      throw .unknownRun(folder: recorded.folder.relativePath, run: run, known: known)
    }
  }

  /// Repeats runs, in `kept` or a temporary folder; returns their grades, and how this machine and program differ from
  /// the recorded ones.
  func `repeat`(
    _ runs: [String], keptIn kept: String?
  ) throws -> (graded: [Repetition], surroundings: [EnvironmentDifference]) {
    try FreshRuns.folder(keptAs: kept) { try `repeat`(runs, in: $0) }
  }

  private func `repeat`(
    _ runs: [String], in folder: URL
  ) throws -> (graded: [Repetition], surroundings: [EnvironmentDifference]) {
    for run in runs {
      guard let row = recorded.records.runs.first(where: { $0.runID == run }) else { continue }
      guard let command = command(of: row) else {
        throw RegressError.noCommand(folder: recorded.folder.relativePath, run: run)
      }
      try FreshRuns().run([hasModel(of: row) ? command.keepingModels : command], into: folder)
    }
    let again = try RecordedRuns(reading: folder)
    let graded = try runs.map { run in
      var repetition = try Repetition(of: run, recorded: recorded, again: again)
      if repetition.firstEpoch != nil { repetition.firstTensor = try firstTensor(of: run, in: folder) }
      return repetition
    }
    return (graded, recorded.environments.differences(to: again.environments))
  }

  /// The recorded command of a run, restricted to it. All commands of a folder share a recipe; the last made the most.
  private func command(of row: RunRow) -> RecordedCommand? {
    let ablation = commands.last { $0.arguments.first == "ablation" }
    let trainings = commands.compactMap { command in command.choices(of: row).map { (command: command, choices: $0) } }
    // Of several candidates, take the one with the most matching options, then the later one.
    let training = trainings.enumerated().max { ($0.element.choices, $0.offset) < ($1.element.choices, $1.offset) }
    return (ablation ?? training?.element.command)?.only(row)
  }

  private func hasModel(of row: RunRow) -> Bool { isAccessible(model(of: row.runID, in: recorded.folder), F_OK) }

  private func model(of run: String, in folder: URL) -> String {
    let name = recorded.records.recipe.modelName(of: run)
    return folder.appendingPathComponent("\(RecordsFile.models)/\(name).safetensors").givenPath
  }

  /// The first tensor that differs between the models after the last epoch; nil if none does or a model was not kept.
  private func firstTensor(of run: String, in folder: URL) throws -> String? {
    let paths = [recorded.folder, folder].map { model(of: run, in: $0) }
    guard paths.allSatisfy({ isAccessible($0, F_OK) }) else { return nil }
    let (before, after) = (try WeightFile(reading: paths[0]), try WeightFile(reading: paths[1]))
    for tensor in before.tensors {
      guard let other = after.tensors.first(where: { $0.name == tensor.name }),
        other.shape == tensor.shape, try other.bytes() == tensor.bytes()
      else { return tensor.name }
    }
    return nil
  }
}
