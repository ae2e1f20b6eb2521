import ArgumentParser

@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Trains, evaluates, times and explains S3N on a native CPU engine.",
    subcommands: [ParityCommand.self, Stages.self, Roofline.self, Scaling.self, Peers.self])
}
