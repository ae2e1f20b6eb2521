import ArgumentParser

/// Which of a file's state dicts to use.
struct EntryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Key of the state dict to use, if the file holds several (default: the most likely one).", valueName: "key"))
  var entry: String?
}
