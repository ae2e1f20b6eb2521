import Datasets
import Foundation
import Yams

/// A configuration of the released code, such as cub_s3n.yml, as options of this program.
struct ReleasedConfig {
  private(set) var entries: [ConfigEntry] = []
  private(set) var unused: [(key: String, reason: String)] = []
  private let path: String
  private let leaves: [ReleasedLeaf]
  private let schema: ConfigSchema

  /// Whether it is one: they name the training function or the data loaders.
  static func isOne(_ keys: Node.Mapping) -> Bool { keys["_name"] != nil || keys["data_loaders"] != nil }

  init(_ keys: Node.Mapping, path: String, for schema: ConfigSchema) throws(ConfigError) {
    self.path = path
    self.schema = schema
    leaves = ReleasedLeaf.leaves(of: .mapping(keys), at: "")
    let known = ReleasedKey.all.map(\.path)
    for leaf in leaves {
      guard let key = ReleasedKey.all.first(where: { $0.path == leaf.path }) else {
        throw .unknownKey(
          path: path, line: leaf.line, key: leaf.path, known: known, nearest: nearestName(to: leaf.path, among: known))
      }
      try take(leaf, key.meaning)
    }
    set("recipe", "paper", leaves.first)
    try takeSchedule()
  }

  private mutating func take(_ leaf: ReleasedLeaf, _ meaning: ReleasedKey.Meaning) throws(ConfigError) {
    switch meaning {
    case .unused(let reason): unused.append((leaf.path, reason))
    case .schedule: break
    case .builtIn(let values):
      guard zip(leaf.values, values).allSatisfy({ isSame($0, $1) }), leaf.values.count == values.count else {
        throw .builtIn(
          path: path, line: leaf.line, key: leaf.path, expected: values.joined(separator: ", "), found: leaf.text)
      }
    case .option(let name, let value):
      guard let value = value(leaf.values) else {
        throw .wrongType(
          path: path, line: leaf.line, key: leaf.path, expected: "what the released code takes there",
          found: "\"\(leaf.text)\"")
      }
      set(name, value, leaf)
    case .data:
      set("data", leaf.text, leaf)
      if let dataset = ReleasedKey.dataset(ofFolder: leaf.text) { set("dataset", dataset, leaf) }
    case .model:
      guard let variant = ReleasedKey.variant(ofModel: leaf.text) else {
        throw .builtIn(path: path, line: leaf.line, key: leaf.path, expected: "s3n or ft_resnet", found: leaf.text)
      }
      set(schema.options.contains("variants") ? "variants" : "variant", variant, leaf)
    }
  }

  /// Takes epochs and learning-rate step, unless they are the recipe's own: an explicit schedule makes another recipe.
  private mutating func takeSchedule() throws(ConfigError) {
    let isBaseline = entries.contains { $0.value == .text("baseline") }
    let own = isBaseline ? (epochs: 30, step: 20) : (epochs: 60, step: 40)
    func leaf(_ key: String) -> ReleasedLeaf? { leaves.first { $0.path.hasPrefix(key) } }
    let (epochs, step) = (leaf("max_epoch"), leaf("hooks.on_start_epoch.update_lr.epoch_"))
    guard (epochs?.text ?? "\(own.epochs)", step?.text ?? "\(own.step)") != ("\(own.epochs)", "\(own.step)") else {
      return
    }
    let count = epochs?.text ?? "\(own.epochs)"
    set("epochs", count, epochs ?? step)
    // A step after the last epoch never takes effect.
    let isBeyond = (step.flatMap { Int($0.text) } ?? 0) > Int(count) ?? .max
    if let step { set("lr-step", isBeyond ? count : step.text, step) }
  }

  private mutating func set(_ key: String, _ value: String, _ leaf: ReleasedLeaf?) {
    entries.append(ConfigEntry(key, .text(value), line: leaf?.line ?? 1))
  }

  private func isSame(_ one: String, _ other: String) -> Bool {
    if let one = Double(one), let other = Double(other) { return one == other }
    return one == other
  }
}

/// A value of a configuration with the keys that lead to it; an element of a list is named by its `_name`.
struct ReleasedLeaf {
  let path: String
  /// One value, or those of a list; functions without the package's name.
  let values: [String]
  let line: Int

  var text: String { values.joined(separator: ", ") }

  static func leaves(of node: Node, at path: String) -> [ReleasedLeaf] {
    func below(_ name: String) -> String { path.isEmpty ? name : path + "." + name }
    switch node {
    case .mapping(let mapping):
      return mapping.flatMap { key, value in leaves(of: value, at: below(key.string ?? "?")) }
    case .sequence(let sequence):
      if sequence.allSatisfy({ if case .scalar = $0 { true } else { false } }) {
        return [ReleasedLeaf(path: path, values: sequence.map(text), line: node.line)]
      }
      return sequence.flatMap { element -> [ReleasedLeaf] in
        guard case .mapping(let mapping) = element, let name = mapping["_name"] else {
          return leaves(of: element, at: below("?"))
        }
        return leaves(of: element, at: below(text(name)))
      }
    case .scalar, .alias: return [ReleasedLeaf(path: path, values: [text(node)], line: node.line)]
    }
  }

  private static func text(_ node: Node) -> String {
    guard case .scalar(let scalar) = node else { return "?" }
    return scalar.string.hasPrefix("s3n.") ? String(scalar.string.dropFirst(4)) : scalar.string
  }
}
