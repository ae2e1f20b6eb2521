import ArgumentParser
import Experiments

struct TrainCommand: TrainingCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train one variant and keep its model as a checkpoint.",
    discussion: """
      Writes the same files as an ablation, and checkpoints/RUN.safetensors: the state dict under the released code's \
      names. The optimiser's velocities lie beside it. A training whose loss becomes infinite or no number has diverged: it has \
      no model after its last epoch, and the exit code is 3. The same command with the same --out goes on from what an interrupted one saved last.
      """)

  @Option(help: "The variant: \(Variant.all.map(\.name).joined(separator: ", ")).")
  var variant = "s3n"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Starting radius of the discriminative branch (default: 0.09).", valueName: "widths"))
  var radius: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Starting radius of the complementary branch (default: 0.3).", valueName: "widths"))
  var radiusInv: Double?

  @Option(parsing: .unconditional, help: "The seed of everything random.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "The models to keep: last, and best, that of the epoch with the best top-1 on the test images, as RUN-best.",
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
