import ArgumentParser
import Datasets
import Experiments
import Models
import Operators

/// How to train; each option overrides the recipe.
struct RecipeOptions: ParsableArguments {
  @Option(
    help: """
      How to train: \(Recipe.all.map(\.name).joined(separator: ", ")) (default: quick for the embedded dataset, \
      reduced for photographs).
      """)
  var recipe: String?

  @Option(help: "The backbone: \(ResNetConfiguration.known.map(\.name).joined(separator: ", ")).")
  var backbone: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Height and width of the images that the model sees.", valueName: "pixels"))
  var size: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Epochs of all variants; the schedule is stretched.", valueName: "count"))
  var epochs: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Images a step.", valueName: "count"))
  var batch: Int?

  @Option(
    name: .customLong("lr"), parsing: .unconditional, help: ArgumentHelp("The base learning rate.", valueName: "rate"))
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      "Start from these weights: .safetensors or .pth, torchvision's or the released code's names, partial ones too; or a "
        + "name of bench weights list, fetched when absent.",
      valueName: "file"))
  var weights: String?

  @Option(help: "How attention is smoothed: \(SmoothingMethod.allCases.map(\.rawValue).joined(separator: ", ")).")
  var smoothing: String?

  /// The recipe that was named, or the dataset's own, with the overrides; touches no file.
  func applied(for dataset: CatalogueEntry) throws -> Recipe {
    let base = try recipe.map { name throws in try Recipe.named(name) } ?? Recipe.standard(for: dataset)
    var overrides = RecipeOverrides()
    overrides.backbone = backbone
    overrides.size = size
    overrides.epochs = epochs
    overrides.batch = batch
    overrides.learningRate = learningRate
    overrides.smoothing = smoothing
    return try base.applying(overrides)
  }
}
