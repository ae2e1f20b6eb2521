import Files
import Yams

/// A file of options, in YAML: a key for each option of a command, or a configuration of the released code.
public struct ConfigFile: Sendable {
  public let path: String
  public let entries: [ConfigEntry]
  /// Keys of the released code that have no counterpart here, each with the reason.
  public let unused: [(key: String, reason: String)]

  /// Reads `path` for a command with the options of `schema`; throws for anything that the command does not accept.
  public init(reading path: String, for schema: ConfigSchema) throws(ConfigError) {
    self.path = path
    let document = try YAMLDocument(reading: path)
    guard let root = document.root, root.tagName != .null else {
      (entries, unused) = ([], [])
      return
    }
    guard case .mapping(let keys) = root else {
      throw .malformed(
        path: path, line: root.line, problem: "expected a list of keys and values, found \(root.kind)")
    }
    if ReleasedConfig.isOne(keys) {
      let released = try ReleasedConfig(keys, path: path, for: schema)
      (entries, unused) = (released.entries, released.unused)
    } else {
      var entries: [ConfigEntry] = []
      for (key, value) in keys { entries.append(try Self.entry(key, value, path, schema)) }
      (self.entries, unused) = (entries, [])
    }
  }

  private static func entry(
    _ keyNode: Node, _ value: Node, _ path: String, _ schema: ConfigSchema
  ) throws(ConfigError) -> ConfigEntry {
    guard let key = keyNode.plainText else {
      throw .malformed(path: path, line: keyNode.line, problem: "expected a word as the key, found \(keyNode.kind)")
    }
    func wrongType(_ expected: String, _ found: Node) -> ConfigError {
      .wrongType(path: path, line: found.line, key: key, expected: expected, found: found.kind)
    }
    if schema.flags.contains(key) {
      guard value.tagName == .bool, let flag = value.bool else { throw wrongType("true or false", value) }
      return ConfigEntry(key, .flag(flag), line: keyNode.line)
    }
    guard schema.options.contains(key) else {
      throw .unknownKey(
        path: path, line: keyNode.line, key: key, known: schema.names,
        nearest: nearestName(to: key, among: schema.names))
    }
    if let text = value.plainText { return ConfigEntry(key, .text(text), line: keyNode.line) }
    guard case .sequence(let elements) = value else { throw wrongType("a text, a number or a list of them", value) }
    var texts: [String] = []
    for element in elements {
      guard let text = element.plainText else { throw wrongType("a list of texts or numbers", element) }
      texts.append(text)
    }
    return ConfigEntry(key, .list(texts), line: keyNode.line)
  }
}
