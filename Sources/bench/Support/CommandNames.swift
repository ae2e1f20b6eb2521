import ArgumentParser
import Datasets

extension Bench {
  /// Throws for a word that stands where a command's name should and is none: the parser would only call it unexpected.
  static func checkCommand(_ arguments: [String], of parent: any ParsableCommand.Type = Bench.self) throws {
    let commands = parent.configuration.subcommands
    guard let name = arguments.first, !name.hasPrefix("-"), name != "help", !commands.isEmpty else { return }
    if let command = commands.first(where: { $0._commandName == name }) {
      return try checkCommand(Array(arguments.dropFirst()), of: command)
    }
    let names = commands.filter(\.configuration.shouldDisplay).map { $0._commandName }
    let hint = nearestName(to: name, among: names).map { "; did you mean \"\($0)\"?" } ?? "."
    let owner = parent == Bench.self ? "bench" : "bench \(parent._commandName)"
    throw ValidationError("\(owner) has no command \"\(name)\". It has: \(names.joined(separator: ", "))\(hint)")
  }
}
