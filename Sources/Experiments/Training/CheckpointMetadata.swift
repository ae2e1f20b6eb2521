import Foundation

/// What a checkpoint says about itself, beside its tensors.
struct CheckpointMetadata {
  let recipe: Recipe
  let cell: Cell
  /// The last epoch that the model was trained in, from 0.
  let epoch: Int
  let dataset: String
  /// The classes that were selected, as a user writes them; nil for all.
  let classes: String?
  let classNames: [String]

  private enum Key: String {
    case format, recipe, backbone, size, batch, epochs
    case learningRate = "lr"
    case smoothing, overrides, variant, radius
    case radiusInverse = "radius_inv"
    case seed, epoch, dataset, classes
    case classNames = "class_names"
  }
  private static let format = "s3n-bench checkpoint 2"
  /// Counts epochs from 0.
  private static let firstFormat = "s3n-bench checkpoint 1"

  /// Whether these strings say that they are a checkpoint's, of whatever version.
  static func isPresent(in strings: [String: String]) -> Bool {
    strings[Key.format.rawValue]?.hasPrefix("s3n-bench checkpoint ") == true
  }

  init(recipe: Recipe, cell: Cell, epoch: Int, dataset: String, classes: String?, classNames: [String]) {
    self.recipe = recipe
    self.cell = cell
    self.epoch = epoch
    self.dataset = dataset
    self.classes = classes
    self.classNames = classNames
  }

  /// As the strings of a safetensors header.
  func strings() throws -> [String: String] {
    let names = String(decoding: try JSONEncoder().encode(classNames), as: UTF8.self)
    let values: [(Key, String?)] = [
      (.format, Self.format), (.recipe, recipe.name), (.backbone, recipe.backbone.name), (.size, "\(recipe.size)"),
      (.batch, "\(recipe.batch)"), (.epochs, "\(recipe.schedule(for: cell.variant).epochs)"),
      (.learningRate, "\(recipe.learningRate)"), (.smoothing, recipe.smoothing.rawValue),
      (.overrides, recipe.overridesText), (.variant, cell.variant.name), (.radius, cell.radius.map { "\($0)" }),
      (.radiusInverse, cell.radiusInverse.map { "\($0)" }), (.seed, "\(cell.seed)"), (.epoch, "\(epoch + 1)"),
      (.dataset, dataset), (.classes, classes), (.classNames, names),
    ]
    return Dictionary(uniqueKeysWithValues: values.compactMap { key, value in value.map { (key.rawValue, $0) } })
  }

  /// Reads the strings of the header of `path`; throws `foreignCheckpoint`.
  init(_ strings: [String: String], path: String) throws(ExperimentError) {
    func foreign(_ reason: String) -> ExperimentError { .foreignCheckpoint(path: path, reason: reason) }
    func text(_ key: Key) throws(ExperimentError) -> String {
      guard let text = strings[key.rawValue] else { throw foreign("its metadata has no \"\(key.rawValue)\"") }
      return text
    }
    func value<Value: LosslessStringConvertible>(_ key: Key) throws(ExperimentError) -> Value {
      let text = try text(key)
      guard let value = Value(text) else { throw foreign("its metadata says \"\(text)\" for \"\(key.rawValue)\"") }
      return value
    }
    let format = try text(.format)
    guard [Self.format, Self.firstFormat].contains(format) else {
      throw foreign("its format is \"\(format)\", expected \"\(Self.format)\"")
    }
    var overrides = RecipeOverrides()
    overrides.backbone = try text(.backbone)
    overrides.size = try value(.size)
    overrides.batch = try value(.batch)
    overrides.epochs = try value(.epochs)
    overrides.learningRate = try value(.learningRate)
    overrides.smoothing = try text(.smoothing)
    do {
      recipe = try Recipe.named(text(.recipe)).applying(overrides)
      let variant = try Variant.named(text(.variant))
      cell = Cell(
        variant, radius: variant.usesRadius ? try value(.radius) : Cell.defaultRadius,
        radiusInverse: variant.usesRadiusInverse ? try value(.radiusInverse) : Cell.defaultRadiusInverse,
        seed: try value(.seed))
    } catch .foreignCheckpoint(let path, let reason) {
      throw .foreignCheckpoint(path: path, reason: reason)
    } catch {
      throw foreign("\(error)")
    }
    let number: Int = try value(.epoch)
    epoch = format == Self.firstFormat ? number : number - 1
    dataset = try text(.dataset)
    classes = strings[Key.classes.rawValue]
    let names = try? JSONDecoder().decode([String].self, from: Data(text(.classNames).utf8))
    guard let names, !names.isEmpty else { throw foreign("its class names are no list in JSON") }
    classNames = names
  }
}
