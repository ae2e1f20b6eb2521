import ArgumentParser
import Experiments

/// A command that trains: what it would run can be told without running it.
protocol TrainingCommand: ParsableCommand {
  var dataset: DatasetOptions { get }
  var recipe: RecipeOptions { get }
  var output: RunOptions { get }
  /// Whether the model of each run is kept.
  var keepsCheckpoints: Bool { get }

  /// The runs, on the dataset of this name.
  func plan(_ dataset: String, _ recipe: Recipe) throws -> AblationPlan
}

extension TrainingCommand {
  func run() throws { try ExperimentRun(command: self)() }
}
