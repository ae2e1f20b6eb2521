import ArgumentParser
import Experiments

struct TrainCommand: TrainingCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train one variant and save its model as a checkpoint.",
    discussion: """
      Writes the same files as an ablation, and checkpoints/RUN.safetensors: the state dict under the released code's \
      names, with the optimiser's momentum buffers next to it. Training whose loss becomes infinite or NaN has \
      diverged: there is no last-epoch model, and the exit code is 3. Repeat the command with the same --out to resume \
      interrupted training from its last save.
      """)

  @Option(help: "Variant to train: \(Variant.all.map(\.name).joined(separator: ", ")).")
  var variant = "s3n"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Initial radius of the discriminative branch (default: 0.09).", valueName: "widths"))
  var radius: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Initial radius of the complementary branch (default: 0.3).", valueName: "widths"))
  var radiusInv: Double?

  @Option(parsing: .unconditional, help: "Seed of all random numbers.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Models to keep: last, and best (the epoch with the best top-1 on the test images, saved as RUN-best).",
      valueName: "best,last"))
  var keep: CommaList<KeptModel> = CommaList([.last])

  @OptionGroup(title: "Setup") var setup: SetupOptions
  @OptionGroup(title: "Data") var dataset: DatasetOptions
  @OptionGroup(title: "Training") var recipe: RecipeOptions
  @OptionGroup(title: "Output") var output: RunOptions

  var kept: Set<KeptModel> { Set(keep.values) }

  func plan(_ dataset: String, _ recipe: Recipe) throws -> AblationPlan {
    try AblationPlan(
      dataset: dataset, recipe: recipe, variants: [Variant.named(variant)], radii: radius.map { [$0] } ?? [],
      inverseRadii: radiusInv.map { [$0] } ?? [], seeds: [seed])
  }
}
