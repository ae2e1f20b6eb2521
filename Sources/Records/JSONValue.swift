import Foundation

/// A value of a JSON file whose keys are not known in advance.
public enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// The single values in it as text, each under its path, such as "schedule.baseline.epochs"; sorted by key.
  func leaves(at path: String) -> [(path: String, text: String)] {
    switch self {
    case .null: [(path, "null")]
    case .bool(let value): [(path, "\(value)")]
    case .number(let value): [(path, Int(exactly: value).map(String.init) ?? value.field)]
    case .text(let value): [(path, value)]
    case .list(let values): values.enumerated().flatMap { $1.leaves(at: "\(path)[\($0)]") }
    case .object(let values): values.sorted { $0.key < $1.key }.flatMap { $1.leaves(at: "\(path).\($0)") }
    }
  }
}

extension JSONValue: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let values = try? container.decode([JSONValue].self) {
      self = .list(values)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let values): try container.encode(values)
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  public init(stringLiteral value: String) { self = .text(value) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(uniqueKeysWithValues: elements))
  }
  public init(arrayLiteral elements: JSONValue...) { self = .list(elements) }

  public init(_ value: Int) { self = .number(Double(value)) }
  public init(_ value: Int?) { self = value.map { .number(Double($0)) } ?? .null }
  public init(_ value: Double) { self = .number(value) }
  public init(_ value: String) { self = .text(value) }
}

/// Reads a JSON file of one kind, named `what` in messages.
func readJSON<Value: Decodable>(_ type: Value.Type, _ what: String, from file: URL) throws(RecordsError) -> Value {
  let data = try contents(of: file)
  do { return try JSONDecoder().decode(Value.self, from: data) } catch {
    throw .malformed(file: file.path, line: 1, problem: "it is not valid JSON for \(what): \(reason(of: error))")
  }
}

/// Says what is wrong with a JSON text, without Foundation's wording.
private func reason(of error: any Error) -> String {
  func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
    return path.isEmpty ? "the whole" : "\"\(path.drop { $0 == "." })\""
  }
  return switch error as? DecodingError {
  case .keyNotFound(let key, let context): "\(place(context)) has no \"\(key.stringValue)\""
  case .typeMismatch(_, let context), .valueNotFound(_, let context): "\(place(context)) is of another type"
  case .dataCorrupted(let context) where !context.codingPath.isEmpty: "\(place(context)) has an invalid value"
  default: "the text is not JSON"
  }
}

/// A value as JSON for people and programs: keys sorted, one per line, so that equal values give equal texts.
package func jsonText(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// Writes `value` as the whole of `file`.
package func writeJSON(_ value: some Encodable, to file: URL) throws(RecordsError) {
  let text: String
  do { text = try jsonText(value) } catch { throw .unwritable(path: file.path, reason: "\(error)") }
  try writeWhole(text + "\n", to: file)
}
