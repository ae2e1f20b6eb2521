import ArgumentParser
import Configuration
import Files
import Foundation

/// A command whose options may come from a file.
protocol ConfigurableCommand: ParsableCommand {}

/// The arguments of a command, those of its --config file before the typed ones, since an option's last value counts.
struct ConfiguredArguments {
  /// As the parser and a run's records take them: the command's name first, without --config.
  private(set) var arguments: [String]
  /// A note on the file's keys that are not used here; nil without a file or such keys.
  private(set) var note: String?

  /// Those of this process. The file is read only once, as it may change or be a pipe.
  static let ofProcess = Result { try ConfiguredArguments(Array(processArguments().dropFirst())) }

  /// Reads the file, if any; throws `ConfigError`, with the position, for what the command does not accept.
  init(_ typed: [String]) throws {
    arguments = typed
    guard let name = typed.first, let command = Self.command(named: name),
      let (path, rest) = Self.withoutConfig(typed.dropFirst())
    else { return }
    let file = try ConfigFile(reading: path, for: ConfigSchema(of: command))
    /// The first `count` entries and the typed arguments, as the parser takes them.
    func tokens(_ count: Int) -> [String] { file.entries.prefix(count).flatMap(Self.tokens) + rest }
    /// The parser's error message for them, or nil if it accepts them.
    func problem(_ count: Int) -> String? {
      do { _ = try command.parse(tokens(count)) } catch {
        return String(Bench.message(for: error).prefix { $0 != "\n" })
      }
      return nil
    }
    // Some options are valid only with others, so all are parsed together, and an error is blamed on the first entry
    // that causes it. An error without any entries comes from the typed arguments, and the parser reports it later.
    let count = file.entries.count
    if let whole = problem(count), let first = (0...count).first(where: { problem($0) == whole }), first > 0 {
      let entry = file.entries[first - 1]
      throw ConfigError.invalidValue(path: path, line: entry.line, key: entry.key, problem: whole)
    }
    arguments = [name] + tokens(count)
    if !file.unused.isEmpty {
      note = "\(path): not used here: " + file.unused.map { "\($0.key) (\($0.reason))" }.joined(separator: ", ")
    }
  }

  static func command(named name: String) -> (any ConfigurableCommand.Type)? {
    Bench.configuration.subcommands.first { $0._commandName == name } as? any ConfigurableCommand.Type
  }

  private static func tokens(of entry: ConfigEntry) -> [String] {
    switch entry.value {
    case .flag(let isSet): isSet ? ["--" + entry.key] : []
    case .text(let text): ["--\(entry.key)=\(text)"]
    // A single number would be a count of seeds, so a list of one seed becomes a range.
    case .list(let texts) where entry.key == "seeds" && texts.count == 1: ["--seeds=\(texts[0])-\(texts[0])"]
    case .list(let texts): ["--\(entry.key)=" + texts.joined(separator: ",")]
    }
  }

  /// Returns the path of the last --config and the arguments without any, or nil if there is none.
  private static func withoutConfig(_ typed: ArraySlice<String>) -> (path: String, rest: [String])? {
    var (path, rest): (String?, [String]) = (nil, [])
    var isValue = false
    for argument in typed {
      if isValue {
        (path, isValue) = (argument, false)
      } else if argument == "--config" {
        isValue = true
      } else if argument.hasPrefix("--config=") {
        path = String(argument.dropFirst("--config=".count))
      } else {
        rest.append(argument)
      }
    }
    // A --config without a value is left to the parser, which reports it.
    return path.flatMap { isValue ? nil : ($0, rest) }
  }
}

extension ConfigSchema {
  /// The options of a command that a file may set.
  init(of command: any ParsableCommand.Type) {
    let arguments = OptionNames(of: command)
    self.init(
      options: Set(arguments.options).subtracting(["config"]),
      flags: Set(arguments.flags).subtracting(["help", "version", "print-config", "print-script", "dry-run", "json"]))
  }
}

/// The long names of a command's options, in the order of its help.
struct OptionNames {
  private(set) var options: [String] = []
  private(set) var flags: [String] = []
  private(set) var all: [String] = []

  init(of command: any ParsableCommand.Type) {
    // The parser's own description of its commands, which is stable within a version number.
    guard let dump = try? JSONDecoder().decode(Dump.self, from: Data(command._dumpHelp().utf8)) else {
      preconditionFailure("the parser describes its commands in JSON")
    }
    for argument in dump.command.arguments ?? [] {
      guard let name = argument.names?.first(where: { $0.kind == "long" })?.name else { continue }
      all.append(name)
      if argument.kind == "flag" { flags.append(name) } else { options.append(name) }
    }
  }

  private struct Dump: Decodable {
    struct Command: Decodable { let arguments: [Argument]? }
    struct Argument: Decodable {
      struct Name: Decodable {
        let kind: String
        let name: String
      }
      let kind: String
      let names: [Name]?
    }
    let command: Command
  }
}
