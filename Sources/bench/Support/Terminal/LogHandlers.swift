import Foundation
import Logging
import Records

/// What both handlers share: the key of the event's name, and the least level that is logged.
enum EventHandler {
  static let eventKey = "event"
  /// Progress is `info` or `notice`; what only programs need is `debug`.
  static func level(isQuiet: Bool, least: Logger.Level) -> Logger.Level { isQuiet ? .warning : least }
}

/// Writes plain lines for people.
struct TextLogHandler: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  private let write: @Sendable (String) -> Void

  init(isQuiet: Bool, write: @escaping @Sendable (String) -> Void = StandardError.write) {
    logLevel = EventHandler.level(isQuiet: isQuiet, least: .info)
    self.write = write
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let prefix =
      switch event.level {
      case .warning: "Warning: "
      case .error, .critical: "Error: "
      default: ""
      }
    write("\(prefix)\(event.message)\n")
  }
}

/// Writes one JSON object per event: time, level, event, message, and any fields.
struct JSONLogHandler: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  private let now: @Sendable () -> Date
  private let write: @Sendable (String) -> Void

  init(
    isQuiet: Bool, now: @escaping @Sendable () -> Date = { Date() },
    write: @escaping @Sendable (String) -> Void = StandardError.write
  ) {
    logLevel = EventHandler.level(isQuiet: isQuiet, least: .debug)
    self.now = now
    self.write = write
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var fields = (event.metadata ?? [:]).mapValues { value -> JSONValue in
      if case .stringConvertible(let logged as LoggedValue) = value { return logged.value }
      return .text("\(value)")
    }
    let name = fields.removeValue(forKey: EventHandler.eventKey) ?? .text("note")
    var object: [String: JSONValue] = [
      "time": .text(now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))),
      "level": .text(event.level.rawValue), "event": name, "message": .text("\(event.message)"),
    ]
    if !fields.isEmpty { object["fields"] = .object(fields) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A non-finite number, such as the loss of a diverged run, becomes a JSON string.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(object) else { return }
    write(String(decoding: data, as: UTF8.self) + "\n")
  }
}
