import Files
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

  /// Takes the epochs, the drop of the learning rate, and what `three_stage` fixes, unless they are the recipe's own: an
  /// explicit schedule makes another recipe.
  private mutating func takeSchedule() throws(ConfigError) {
    let isBaseline = entries.contains { $0.key.hasPrefix("variant") && $0.value == .text("baseline") }
    let own = isBaseline ? (epochs: 30, drop: 19) : (epochs: 60, drop: 39)
    let length = leaves.first { $0.path == "max_epoch" }
    let epochs = try length.map { leaf throws(ConfigError) in try wholeNumbers(leaf)[0] } ?? own.epochs
    let steps = leaves.filter { $0.path.hasPrefix("hooks.on_start_epoch.update_lr.epoch_") }
    var drops: Set<Int> = []
    for leaf in steps { drops.formUnion(try self.drops(leaf, before: epochs)) }
    guard epochs != own.epochs || drops != [own.drop] else { return }
    if drops.count > 1, let leaf = steps.first {
      throw .invalidValue(
        path: path, line: leaf.line, key: leaf.path,
        problem: "\(leaf.text) drops the learning rate \(drops.count) times within \(epochs) epochs, but this program "
          + "drops it once: name one epoch with epoch_list.")
    }
    set("epochs", "\(epochs)", length ?? steps.first)
    // Without a drop, the rate stays until the end.
    set("lr-step", "\(drops.first ?? epochs)", steps.first ?? length)
    if !isBaseline, epochs != own.epochs, let leaf = leaves.first(where: { $0.path.contains(".three_stage.") }) {
      set("p-step", "\(min(Self.splitEpoch, epochs))", leaf)
    }
  }

  /// The first epoch, from 0, in which `three_stage` splits the peaks, however many epochs follow (sss_net.py).
  private static let splitEpoch = 21

  /// The epochs, from 0, before which `update_lr` lowers the rate; it compares epochs counted from 1 (hooks.py).
  private func drops(_ leaf: ReleasedLeaf, before epochs: Int) throws(ConfigError) -> [Int] {
    let numbers = try wholeNumbers(leaf)
    if leaf.path.hasSuffix("list") { return numbers.map { $0 - 1 }.filter { $0 < epochs } }
    return Array(stride(from: numbers[0] - 1, to: epochs, by: numbers[0]))
  }

  private func wholeNumbers(_ leaf: ReleasedLeaf) throws(ConfigError) -> [Int] {
    let numbers = leaf.values.compactMap { Int($0) }.filter { (1...1_000_000).contains($0) }
    guard !numbers.isEmpty, numbers.count == leaf.values.count else {
      throw .wrongType(
        path: path, line: leaf.line, key: leaf.path, expected: "whole numbers of epochs", found: "\"\(leaf.text)\"")
    }
    return numbers
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
