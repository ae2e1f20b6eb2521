import ArgumentParser
import Datasets
import Experiments
import Models
import Operators

/// How to train; each option overrides the recipe.
struct RecipeOptions: ParsableArguments {
  @Option(
    help: """
      Training recipe: \(Recipe.all.map(\.name).joined(separator: ", ")) (default: quick for the embedded dataset, \
      reduced for photographs).
      """)
  var recipe: String?

  @Option(help: "Backbone: \(ResNetConfiguration.known.map(\.name).joined(separator: ", ")).")
  var backbone: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Height and width of the model's input images.", valueName: "pixels"))
  var size: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Epochs of all variants; the schedule is stretched to match.", valueName: "count"))
  var epochs: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Images per step.", valueName: "count"))
  var batch: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Images that share batch-norm statistics, like those on one GPU in the released runs.", valueName: "count"))
  var bnBatch: Int?

  @Option(
    name: .customLong("lr"), parsing: .unconditional,
    help: ArgumentHelp("Base learning rate of all variants.", valueName: "rate"))
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Epochs before the learning rate drops to a tenth.", valueName: "epochs"))
  var lrStep: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Epochs with p = 0 before switching to p = 1 (in tests: p = 1 before p = 2).", valueName: "epochs"))
  var pStep: Int?

  @Option(parsing: .unconditional, help: "SGD momentum.")
  var momentum: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("Weight decay of all parameters.", valueName: "factor"))
  var weightDecay: Double?

  // Not called --keep, which selects the models to keep.
  @Option(
    name: .customLong("label-share"), parsing: .unconditional,
    help: ArgumentHelp(
      "Share of the target given to the label in losses with label smoothing: 1 - label smoothing.",
      valueName: "share"))
  var keep: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Area of training crops as a share of the image's, such as 0.5-1.", valueName: "low-high"))
  var cropScale: NumberRange?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Height and width of test images before the centre crop.", valueName: "pixels"))
  var testResize: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Attention where there is no peak.", valueName: "height"))
  var floor: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Hold out 1 in this many training images per class and test on those; the test images stay untouched.",
      valueName: "count"))
  var heldOut: Int?

  @Option(
    help: ArgumentHelp(
      "Initial weights: a .safetensors or .pth file with torchvision's or the released code's names, also partial; a "
        + "name from bench weights list, fetched if absent; or none for random weights (default: the recipe's).",
      valueName: "file"))
  var weights: String?

  /// The value of --weights that means training from scratch.
  static let noWeights = "none"

  @Option(help: "Method for smoothing attention: \(SmoothingMethod.allCases.map(\.rawValue).joined(separator: ", ")).")
  var smoothing: String?

  @OptionGroup var features: PrecisionOption

  /// Returns the named recipe, or the dataset's own, with the overrides applied; accesses no file.
  func applied(for dataset: CatalogueEntry) throws -> Recipe { try base(for: dataset).applying(overrides) }

  /// Returns the values of `resolved`, by option, that can be given explicitly without changing it.
  ///
  /// A rate or number of epochs in which a plain ResNet differs cannot: an option sets it for all variants.
  func settled(for dataset: CatalogueEntry, as resolved: Recipe) throws -> [(key: String, value: String)] {
    let base = try base(for: dataset)
    return resolved.optionValues.compactMap { option in
      var overrides = overrides
      option.set(&overrides)
      var recipe = try? base.applying(overrides)
      // Other noted overrides, such as classes, are not values of a recipe.
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
