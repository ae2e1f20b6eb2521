import Foundation

/// What a checkpoint says about itself, besides its tensors.
struct CheckpointMetadata {
  let recipe: Recipe
  let cell: Cell
  /// The last epoch of the model's training, from 0.
  let epoch: Int
  let dataset: String
  /// The selected classes as the user wrote them; nil for all.
  let classes: String?
  let classNames: [String]

  private enum Key: String {
    case format, recipe, variant, radius
    case radiusInverse = "radius_inv"
    case seed, epoch, dataset, classes
    case classNames = "class_names"
  }
  private static let format = "s3n-bench checkpoint 2"

  /// Whether these strings mark a checkpoint, of any version.
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

  /// The metadata as strings of a safetensors header.
  func strings() throws -> [String: String] {
    func json(_ value: some Encodable) throws -> String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    let values: [(Key, String?)] = [
      (.format, Self.format), (.recipe, try json(recipe)), (.variant, cell.variant.name),
      (.radius, cell.radius.map { "\($0)" }), (.radiusInverse, cell.radiusInverse.map { "\($0)" }),
      (.seed, "\(cell.seed)"), (.epoch, "\(epoch + 1)"), (.dataset, dataset), (.classes, classes),
      (.classNames, try json(classNames)),
    ]
    return Dictionary(uniqueKeysWithValues: values.compactMap { key, value in value.map { (key.rawValue, $0) } })
  }

  /// Parses the header strings of `path`; throws `foreignCheckpoint`.
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
    func json<Value: Decodable>(_ key: Key, _ what: String) throws(ExperimentError) -> Value {
      let data = Data(try text(key).utf8)
      do { return try JSONDecoder().decode(Value.self, from: data) } catch {
        throw foreign("its metadata \"\(key.rawValue)\" is not a \(what) in JSON")
      }
    }
    let format = try text(.format)
    guard format == Self.format else { throw foreign("its format is \"\(format)\", expected \"\(Self.format)\"") }
    recipe = try json(.recipe, "recipe")
    do { try recipe.requireSound() } catch { throw foreign("its recipe is not possible: \(error)") }
    let variant: Variant
    do { variant = try Variant.named(text(.variant)) } catch { throw foreign("\(error)") }
    cell = Cell(
      variant, radius: variant.usesRadius ? try value(.radius) : Cell.defaultRadius,
      radiusInverse: variant.usesRadiusInverse ? try value(.radiusInverse) : Cell.defaultRadiusInverse,
      seed: try value(.seed))
    let number: Int = try value(.epoch)
    guard (1...1_000_000).contains(number) else { throw foreign("its metadata says \(number) for \"epoch\"") }
    epoch = number - 1
    dataset = try text(.dataset)
    classes = strings[Key.classes.rawValue]
    classNames = try json(.classNames, "list of names")
    guard !classNames.isEmpty else { throw foreign("its metadata names no classes") }
  }
}
