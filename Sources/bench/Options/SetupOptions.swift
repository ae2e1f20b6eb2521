import ArgumentParser

/// What to run from, and whether to run at all.
struct SetupOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Options from a YAML file: a key for each, named as here without dashes before it, or a configuration of the released \
      code. What stands on the command line wins.
      """, valueName: "file"))
  var config: String?

  @Flag(help: "Run nothing: print all options, those of the recipe and defaults too, as a file for --config.")
  var printConfig = false

  @Flag(help: "Run nothing: say what the runs would take, as bench plan does.")
  var dryRun = false
}
