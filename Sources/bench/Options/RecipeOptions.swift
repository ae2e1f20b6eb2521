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
    parsing: .unconditional,
    help: ArgumentHelp(
      "Images that share their batch statistics, as a GPU's do in the released runs.", valueName: "count"))
  var bnBatch: Int?

  @Option(
    name: .customLong("lr"), parsing: .unconditional,
    help: ArgumentHelp("The base learning rate of all variants.", valueName: "rate"))
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Epochs before the learning rate falls to a tenth.", valueName: "epochs"))
  var lrStep: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Epochs of p = 0 before p = 1 (tests: p = 1 before p = 2).", valueName: "epochs"))
  var pStep: Int?

  @Option(parsing: .unconditional, help: "Of SGD.")
  var momentum: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Of all parameters.", valueName: "factor"))
  var weightDecay: Double?

  // --keep says which models are kept.
  @Option(
    name: .customLong("label-share"), parsing: .unconditional,
    help: ArgumentHelp(
      "The label's share of the target in the losses that smooth: 1 - label smoothing.", valueName: "share"))
  var keep: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The share of a training image's area that is cut out, such as 0.5-1.", valueName: "low-high"))
  var cropScale: NumberRange?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Height and width that test images have before their middle is cut out.", valueName: "pixels"))
  var testResize: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("The attention where there is no peak.", valueName: "height"))
  var floor: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Test on one in so many training images of each class, which are not trained on; the test images are not touched.",
      valueName: "count"))
  var heldOut: Int?

  @Option(
    help: ArgumentHelp(
      "Start from these weights: .safetensors or .pth, torchvision's or the released code's names, partial ones too; or a "
        + "name of bench weights list, fetched when absent; none draws all weights (default: those of the recipe).",
      valueName: "file"))
  var weights: String?

  /// What --weights says to start from scratch.
  static let noWeights = "none"

  @Option(help: "How attention is smoothed: \(SmoothingMethod.allCases.map(\.rawValue).joined(separator: ", ")).")
  var smoothing: String?

  @OptionGroup var features: PrecisionOption

  /// The recipe that was named, or the dataset's own, with the overrides; touches no file.
  func applied(for dataset: CatalogueEntry) throws -> Recipe { try base(for: dataset).applying(overrides) }

  /// The values of `resolved`, by option, that can be said without changing anything.
  ///
  /// A rate or a number of epochs that a plain ResNet does not share cannot: an option sets it for all variants.
  func settled(for dataset: CatalogueEntry, as resolved: Recipe) throws -> [(key: String, value: String)] {
    let base = try base(for: dataset)
    return resolved.optionValues.compactMap { option in
      var overrides = overrides
      option.set(&overrides)
      var recipe = try? base.applying(overrides)
      // What else was noted, such as classes, is none of a recipe's values.
      for (key, value) in resolved.overrides where recipe?.overrides[key] == nil { recipe?.note(key, value) }
      recipe?.startsPretrained = resolved.startsPretrained
      return recipe == resolved ? (option.key, option.value) : nil
    }
  }

  private func base(for dataset: CatalogueEntry) throws -> Recipe {
    try recipe.map { name throws in try Recipe.named(name) } ?? Recipe.standard(for: dataset)
  }

  private var overrides: RecipeOverrides {
    var overrides = RecipeOverrides()
    overrides.backbone = backbone
    overrides.size = size
    overrides.epochs = epochs
    overrides.batch = batch
    overrides.normalizationGroup = bnBatch
    overrides.learningRate = learningRate
    (overrides.learningRateStep, overrides.splitStep) = (lrStep, pStep)
    (overrides.momentum, overrides.weightDecay) = (momentum, weightDecay)
    (overrides.keep, overrides.floor) = (keep, floor)
    (overrides.cropScale, overrides.testResize) = (cropScale?.range, testResize)
    (overrides.smoothing, overrides.precision) = (smoothing, features.precision)
    return overrides
  }
}
