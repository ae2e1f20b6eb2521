import ArgumentParser
import Datasets
import Experiments
import Foundation
import Records

/// What a report's commands would run today, compared with its recipe.json.
struct RecipeToday {
  private(set) var findings: [Finding] = []
  /// What could not be compared because a file is not on this machine.
  private(set) var notes: [String] = []

  init(of folder: URL) throws {
    let recorded = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder))
    let records = try EnvironmentFile.read(from: RecordsFile.environment.url(in: folder)).commands
    var planned: Set<String> = []
    for (index, record) in records.enumerated() {
      let place = "command \(index + 1) (\(record.commandLine.joined(separator: " ")))"
      do {
        let run = try ExperimentRun(command: Self.command(record.commandLine))
        let (plan, today) = try resolve(run, like: recorded)
        planned.formUnion(plan.cells.map(plan.runID))
        findings += recorded.differences(to: today).map { difference in
          Finding(
            .recipe, difference.key, expected: "\(difference.others), as \(place) runs today", found: difference.mine)
        }
      } catch {
        findings.append(
          Finding(
            .environment, place, expected: "a command that trains today as it did",
            found: Self.firstLine(ExitCode(for: error) == nil ? Bench.message(for: error) : "\(error)")))
      }
    }
    let runs: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: folder))
    let present = Set(runs.map(\.runID))
    for run in present.subtracting(planned).sorted() {
      findings.append(
        Finding(.runs, run, expected: "a run that a command of environment.json asks for", found: "none does"))
    }
    let absent = planned.subtracting(present).count
    if absent > 0 {
      notes.append("\(absent) of the \(planned.count) runs that the commands ask for are not in the report")
    }
  }

  private static func command(_ line: [String]) throws -> any TrainingCommand {
    let command = try Bench.parseAsRoot(Array(line.dropFirst()))
    guard let command = command as? any TrainingCommand else {
      throw ValidationError("it is neither ablation nor train")
    }
    return command
  }

  /// The plan, and everything that determines its numbers; what depends on missing files is taken from `recorded`.
  private mutating func resolve(
    _ run: ExperimentRun, like recorded: ResolvedRecipe
  ) throws -> (AblationPlan, ResolvedRecipe) {
    var (entry, recipe) = try run.recipe()
    var weights: String?
    if let value = run.command.recipe.weights, value != RecipeOptions.noWeights {
      if try run.command.dataset.hasWeights(value) {
        weights = try run.initialWeights(for: recipe)?.label
      } else {
        weights = recorded.initialWeights
        note("the weights \(value) are not on this machine: their contents were not compared")
      }
      if let weights { recipe.note("weights", weights) }
    } else {
      weights = try run.initialWeights(for: recipe)?.label
    }
    var dataset = ResolvedRecipe.Dataset(
      name: entry.name, version: recorded.dataset.version, classes: recorded.dataset.classes)
    var skipped = recorded.overrides["skipped"]
    if try run.command.dataset.isOnThisMachine() {
      let (images, leftOut) = try run.images()
      (dataset.version, dataset.classes) = (try images.version, images.classNames)
      skipped = leftOut.isEmpty ? nil : "\(leftOut.count)"
    } else {
      note("the files of \(entry.name) are not on this machine: their version was not compared")
    }
    if let skipped { recipe.note("skipped", skipped) }
    return (try run.command.plan(entry.name, recipe), recipe.resolved(for: dataset, initialWeights: weights))
  }

  private static func firstLine(_ text: String) -> String { String(text.prefix { $0 != "\n" }) }

  private mutating func note(_ text: String) { if !notes.contains(text) { notes.append(text) } }
}
