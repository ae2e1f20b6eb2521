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

/// What is said beside results, and how.
enum Messages {
  /// Whether a line that changes may be drawn: for people who want to see it, on a terminal.
  static var drawsProgress: Bool { StandardError.isTerminal && chosen.format == .text && !chosen.isQuiet }

  /// Read from the arguments of the process and the file that they name, before a parser can fail, so that its errors have that
  /// form too.
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
    // Of several processes the first one speaks.
    if Ranks.isFollower { handler.logLevel = .error }
    return handler
  }
}

/// The name of an event, and what is known of it, for messages that programs read.
struct Event {
  let name: String
  var fields: [String: JSONValue] = [:]

  init(_ name: String, _ fields: [String: JSONValue] = [:]) { (self.name, self.fields) = (name, fields) }
}

/// Says something that may be of interest.
func complain(_ message: String, _ event: Event = Event("note")) { say(.notice, message, event) }

/// Says something that should be known.
func warn(_ message: String) { say(.warning, message, Event("warning")) }

/// Says why the program ends before its work is done.
func fail(_ message: String, code: Int32) { say(.error, message, Event("error", ["exit_code": JSONValue(Int(code))])) }

/// Says something at a level of swift-log; the event and its fields travel as metadata.
func say(_ level: Logger.Level, _ message: String, _ event: Event) {
  var metadata: Logger.Metadata = [EventHandler.eventKey: .string(event.name)]
  for (key, value) in event.fields { metadata[key] = .stringConvertible(LoggedValue(value)) }
  Messages.log.log(level: level, "\(message)", metadata: metadata)
}

/// A value on its way through swift-log, whose metadata are texts to all others.
struct LoggedValue: CustomStringConvertible, Sendable {
  let value: JSONValue
  init(_ value: JSONValue) { self.value = value }
  var description: String { "\(value)" }
}
