import ArgumentParser
import Files
import Foundation
import Logging
import Records

/// How messages are written to standard error.
enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  /// Lines for people.
  case text
  /// A JSON object for each event, on a line of its own.
  case json
}

/// The messages besides results, and their format.
enum Messages {
  /// Whether to draw a changing line: on a terminal, in text format, unless quiet.
  static var drawsProgress: Bool { StandardError.isTerminal && chosen.format == .text && !chosen.isQuiet }

  /// Read from the process's arguments and their file before a parser can fail, so that its errors have this format
  /// too.
  private static let chosen = choice(in: (try? ConfiguredArguments.ofProcess.get().arguments) ?? processArguments())

  static func choice(in arguments: [String]) -> (format: LogFormat, isQuiet: Bool) {
    let name = "--log-format"
    let values = zip(arguments, arguments.dropFirst() + [""]).compactMap { argument, next in
      argument == name ? next : argument.hasPrefix(name + "=") ? String(argument.dropFirst(name.count + 1)) : nil
    }
    return (values.last.flatMap(LogFormat.init) ?? .text, arguments.contains("--quiet"))
  }

  fileprivate static let log = Logger(label: "bench") { _ in
    var handler: any LogHandler =
      switch chosen.format {
      case .text: TextLogHandler(isQuiet: chosen.isQuiet)
      case .json: JSONLogHandler(isQuiet: chosen.isQuiet)
      }
    // Of several processes only rank 0 reports more than errors.
    if Ranks.isFollower { handler.logLevel = .error }
    return handler
  }
}

/// An event's name and fields, for messages that programs read.
struct Event {
  let name: String
  var fields: [String: JSONValue] = [:]

  init(_ name: String, _ fields: [String: JSONValue] = [:]) { (self.name, self.fields) = (name, fields) }
}

/// Reports something that may be of interest.
func complain(_ message: String, _ event: Event = Event("note")) { say(.notice, message, event) }

/// Reports something that the user should know.
func warn(_ message: String) { say(.warning, message, Event("warning")) }

/// Reports why the program ends before its work is done.
func fail(_ message: String, code: Int32) { say(.error, message, Event("error", ["exit_code": JSONValue(Int(code))])) }

/// Logs a message at a swift-log level, with the event and its fields as metadata.
func say(_ level: Logger.Level, _ message: String, _ event: Event) {
  var metadata: Logger.Metadata = [EventHandler.eventKey: .string(event.name)]
  for (key, value) in event.fields { metadata[key] = .stringConvertible(LoggedValue(value)) }
  Messages.log.log(level: level, "\(message)", metadata: metadata)
}

/// Carries a value through swift-log, whose metadata other handlers see as strings.
struct LoggedValue: CustomStringConvertible, Sendable {
  let value: JSONValue
  init(_ value: JSONValue) { self.value = value }
  var description: String { "\(value)" }
}
