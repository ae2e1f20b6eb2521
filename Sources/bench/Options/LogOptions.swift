import ArgumentParser

/// How much is said on standard error, and in which form; `Messages` reads it from the arguments.
struct LogOptions: ParsableArguments {
  @Flag(help: "Say nothing but results, warnings and errors.")
  var quiet = false

  @Option(help: "Messages on standard error: text, or json, an object an event.")
  var logFormat = LogFormat.text
}
