import ArgumentParser

/// How much is printed on standard error, and in which format; `Messages` reads it from the arguments.
struct LogOptions: ParsableArguments {
  @Flag(help: "Print only results, warnings and errors.")
  var quiet = false

  @Option(help: "Format of messages on standard error; json prints one object per event.")
  var logFormat = LogFormat.text
}
