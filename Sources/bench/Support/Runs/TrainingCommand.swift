import ArgumentParser
import Experiments

/// A command that trains: what it would run can be told without running it.
protocol TrainingCommand: ConfigurableCommand {
  var setup: SetupOptions { get }
  var dataset: DatasetOptions { get }
  var recipe: RecipeOptions { get }
  var output: RunOptions { get }
  /// The models of each run that are kept.
  var kept: Set<KeptModel> { get }

  /// The runs, on the dataset of this name.
  func plan(_ dataset: String, _ recipe: Recipe) throws -> AblationPlan
}

extension TrainingCommand {
  func run() throws { try ExperimentRun(command: self)() }
}
