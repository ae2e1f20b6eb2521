import Files
import Foundation
import Yams

/// The tree of a small YAML file, without constructs that make trees explode.
struct YAMLDocument {
  let path: String
  /// Nil for a file without content.
  let root: Node?

  /// The maximum size of a file, in bytes.
  static let longest = 1 << 16
  /// The maximum number of words that look like an anchor or alias, in comments and texts too. Aliases are always
  /// refused: so few cannot make the tree large before they are found.
  static let mostMarks = 8

  init(reading path: String) throws(ConfigError) {
    self.path = path
    let data: Data
    do throws(ReadFailure) { data = try readWhole(path, longest: Self.longest) } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    // A byte order mark only says that the text is UTF-8.
    let mark = data.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let text = String(validating: data.dropFirst(mark), as: UTF8.self) else {
      throw .malformed(path: path, line: 1, problem: "it is not text in UTF-8")
    }
    if let line = Self.lineOfTooManyMarks(in: text) {
      throw .malformed(
        path: path, line: line,
        problem: "too many words begin with * or &: anchors and aliases are not supported; write values out")
    }
    let parser: Parser
    do {
      parser = try Parser(yaml: text, encoding: .utf8)
      root = try parser.singleRoot()
    } catch { throw ConfigError(error, path: path, text: text) }
    // The anchors belong to the parser, and are freed with it.
    defer { withExtendedLifetime(parser) {} }
    if let root { try refuseAnchors(in: root) }
  }

  /// Returns the line with too many words that may be anchors or aliases, or nil if there are few.
  private static func lineOfTooManyMarks(in text: String) -> Int? {
    var (line, count, before) = (1, 0, UInt8(ascii: "\n"))
    let opening = Set("\n\t\r [{,:?-".utf8)
    for byte in text.utf8 {
      if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "&"), opening.contains(before) { count += 1 }
      if count > mostMarks { return line }
      if byte == UInt8(ascii: "\n") { line += 1 }
      before = byte
    }
    return nil
  }

  private func refuseAnchors(in node: Node) throws(ConfigError) {
    guard node.anchor == nil else {
      throw .malformed(
        path: path, line: node.line, problem: "anchors and aliases are not supported: write the value out")
    }
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        try refuseAnchors(in: key)
        try refuseAnchors(in: value)
      }
    case .sequence(let sequence): for element in sequence { try refuseAnchors(in: element) }
    case .scalar, .alias: break
    }
  }
}

extension Node {
  /// Counted from 1.
  var line: Int { mark?.line ?? 1 }
  /// The type by YAML's rules, such as `.bool`.
  var tagName: Tag.Name { Tag.Name(rawValue: tag.description) }

  /// A description for messages.
  var kind: String {
    switch self {
    case .mapping: "a group of keys"
    case .sequence: "a list"
    case .alias: "an alias"
    case .scalar(let scalar):
      switch tagName {
      case .null: "nothing"
      case .bool: "\(scalar.string), which YAML takes for true or false (in quotes it is a word)"
      default: "\"\(scalar.string)\""
      }
    }
  }

  /// The text of a string, number or timestamp; nil for anything else.
  var plainText: String? {
    guard case .scalar(let scalar) = self, [.str, .int, .float, .timestamp].contains(tagName) else { return nil }
    return scalar.string
  }
}

extension ConfigError {
  /// Converts an error of Yams, with its position.
  init(_ error: any Error, path: String, text: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self = .malformed(path: path, line: mark.line, problem: problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      self = .duplicateKey(path: path, line: context.mark.line, key: duplicates.first ?? "a key")
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      self = .malformed(path: path, line: 1 + before.count { $0 == "\n" }, problem: problem)
    default: self = .malformed(path: path, line: 1, problem: "it is not YAML: \(error)")
    }
  }
}
