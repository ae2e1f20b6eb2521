import ArgumentParser
import Files

/// A command and its subcommands, by the names that users type.
struct CommandNames {
  let name: String
  let inner: [CommandNames]
  let isDisplayed: Bool

  init(of command: any ParsableCommand.Type) {
    let configuration = command.configuration
    name = command._commandName
    isDisplayed = configuration.shouldDisplay
    inner = configuration.subcommands.map(CommandNames.init)
  }

  /// Returns the full name of the command that the arguments begin with, such as "bench data fetch".
  func path(_ arguments: ArraySlice<String>) -> String {
    guard let command = inner.first(where: { $0.name == arguments.first }) else { return name }
    return name + " " + command.path(arguments.dropFirst())
  }

  /// Throws if a word in a command's place is not a command's name; the parser would only call it unexpected.
  func check(_ arguments: ArraySlice<String>, after words: [String] = []) throws {
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help", !inner.isEmpty else { return }
    let path = words + [name]
    if let command = inner.first(where: { $0.name == word }) {
      return try command.check(arguments.dropFirst(), after: path)
    }
    let names = inner.filter(\.isDisplayed).map(\.name)
    let hint = nearestName(to: word, among: names).map { "; did you mean \"\($0)\"?" } ?? "."
    throw ValidationError(
      "\(path.joined(separator: " ")) has no command \"\(word)\". It has: \(names.joined(separator: ", "))\(hint)")
  }
}
