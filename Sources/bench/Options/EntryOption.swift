import ArgumentParser

/// Which of a file's state dicts is meant.
struct EntryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The key of the state dict to take, of a file that holds several (default: the likeliest).", valueName: "key"))
  var entry: String?
}
