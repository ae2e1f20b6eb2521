import ArgumentParser

/// The configuration file, and whether to run at all.
struct SetupOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Read options from a YAML file, with option names as keys (no leading dashes), or from a configuration of the \
      released code. The command line takes precedence.
      """, valueName: "file"))
  var config: String?

  @Flag(help: "Print all options, including the recipe's and defaults, as a file for --config, and run nothing.")
  var printConfig = false

  @Flag(help: "Estimate what the runs would take, as bench plan does, and run nothing.")
  var dryRun = false
}
