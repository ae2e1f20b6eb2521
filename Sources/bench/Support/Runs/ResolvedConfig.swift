import ArgumentParser
import Configuration
import Experiments
import Records

/// All settings of a command as a file for --config: given options, defaults, and the values of the recipe.
struct ResolvedConfig {
  private let command: String
  /// In the order of the command's help.
  let entries: [ConfigEntry]

  /// Options about the place of results, speed and messages, which do not affect the results.
  private static let unsaid = Set(
    [
      "out", "yes", "offline", "threads", "no-pin", "cache-images", "save-every", "quiet", "log-format", "tensorboard",
      "serve", "serve-host",
    ] + LauncherOptions.names)

  /// - Parameter arguments: The command's name and its arguments, without --config.
  init(of arguments: [String]) throws {
    guard let command = try Bench.parseAsRoot(arguments) as? any TrainingCommand, let name = arguments.first,
      let type = ConfiguredArguments.command(named: name)
    else { throw ValidationError("Only commands that train have a configuration.") }
    let names = OptionNames(of: type)
    var values = Self.given(arguments.dropFirst(), ConfigSchema(of: type)).filter { !Self.unsaid.contains($0.key) }

    let (dataset, recipe) = try ExperimentRun(command: command).recipe()
    let plan = try command.plan(dataset.name, recipe)
    values["dataset"] = .text(dataset.name)
    values["recipe"] = .text(recipe.name)
    let variants = plan.cells.map(\.variant.name).unique()
    let seeds = plan.cells.map { "\($0.seed)" }.unique()
    // Variants added by --p are already in the list of variants.
    values["p"] = nil
    values["variants"] = .list(variants)
    values["variant"] = variants.first.map { .text($0) }
    values["seeds"] = .list(seeds)
    values["seed"] = seeds.first.map { .text($0) }
    for (key, value) in try command.recipe.settled(for: dataset, as: recipe) where values[key] == nil {
      values[key] = .text(value)
    }
    self.command = name
    entries = names.all.compactMap { key in values[key].map { ConfigEntry(key, $0) } }
  }

  /// A comment with the command to run, and a line for each option.
  var text: String { "# bench \(command) --config FILE makes these runs again.\n" + ConfigText.text(of: entries) }

  /// Returns the values set by the arguments, the last one of each option.
  private static func given(_ arguments: ArraySlice<String>, _ schema: ConfigSchema) -> [String: ConfigEntry.Value] {
    var values: [String: ConfigEntry.Value] = [:]
    var waiting: String?
    for argument in arguments {
      // Some options may lack a value; then the next option follows.
      if let key = waiting, !argument.hasPrefix("--") {
        values[key] = .text(argument)
        waiting = nil
        continue
      }
      waiting = nil
      let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard argument.hasPrefix("--"), let key = parts.first.map(String.init) else { continue }
      if schema.flags.contains(key) {
        values[key] = .flag(true)
      } else if schema.options.contains(key) {
        if parts.count == 2 { values[key] = .text(String(parts[1])) } else { waiting = key }
      }
    }
    return values
  }
}
