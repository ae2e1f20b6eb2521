import ArgumentParser
import Experiments

/// A command that trains, whose plan is known without running it.
protocol TrainingCommand: ConfigurableCommand {
  var setup: SetupOptions { get }
  var dataset: DatasetOptions { get }
  var recipe: RecipeOptions { get }
  var output: RunOptions { get }
  /// The models to keep of each run.
  var kept: Set<KeptModel> { get }

  /// Returns the runs, on the dataset of this name.
  func plan(_ dataset: String, _ recipe: Recipe) throws -> AblationPlan
}

extension TrainingCommand {
  func run() throws { try ExperimentRun(command: self)() }
}
