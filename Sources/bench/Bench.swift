import ArgumentParser
import Experiments
import Files
import Records

@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Train, evaluate, time and explain S3N on a native CPU engine.",
    discussion: """
      S3N: Selective Sparse Sampling for Fine-grained Image Recognition (Ding et al., ICCV 2019).

      Exit codes:
        0    success
        1    a check failed, or runs are missing
        2    a regression, or a repeated run that differs (regress, repeat)
        3    non-finite weights, or training that diverged
        4    an improvement over the baseline (regress)
        64   wrong usage
        65   invalid data, or runs that cannot be compared
        69   cannot reach something (a download, a port, another program)
        70   a bug in this program
        71   no memory or threads
        73   cannot write
        130, 143, 129   interrupted by Ctrl-C, SIGTERM, SIGHUP
      """,
    subcommands: [
      AblationCommand.self, TrainCommand.self, PlanCommand.self, CollectCommand.self, MergeCommand.self,
      EvaluateCommand.self, PredictCommand.self, DoctorCommand.self, DataCommand.self, SummarizeCommand.self,
      CompareCommand.self, FiguresCommand.self, TableCommand.self, ReportCommand.self, ServeCommand.self,
      TensorBoardCommand.self, PublishCommand.self, CheckCommand.self, RegressCommand.self, RepeatCommand.self,
      LocaliseCommand.self, InterveneCommand.self, ExplainCommand.self, CounterfactualsCommand.self,
      ParityCommand.self, StagesCommand.self, RooflineCommand.self, ScalingCommand.self, PeersCommand.self,
      WeightsCommand.self, ExportCommand.self, CompletionsCommand.self, ReadmeCommand.self, CommandsCommand.self,
    ])

  @Flag(help: "Show version, commit, compiler and instruction set.")
  var version = false

  func run() throws {
    guard version else { throw CleanExit.helpRequest(self) }
    print("\(ProgramVersion(environment: .current()))")
  }

  /// Parses the arguments into a command; `--version` anywhere before `--` asks for the version only.
  static func command(_ arguments: [String]) throws -> any ParsableCommand {
    let asksForVersion = arguments.prefix { $0 != "--" }.contains("--version")
    return try parseAsRoot(asksForVersion ? ["--version"] : arguments)
  }

  static func main() {
    do {
      try Doors.open()
      try Ranks.join()
      var command = try Ranks.together(typedCommand)
      try command.run()
    } catch {
      leave(reporting: error)
    }
    leave(.success)
  }

  private static func typedCommand() throws -> any ParsableCommand {
    let typed = Array(processArguments().dropFirst())
    try CommandNames(of: Bench.self).check(typed[...])
    let configured = try ConfiguredArguments.ofProcess.get()
    if let note = configured.note { complain(note) }
    let command = try command(configured.arguments)
    guard Ranks.all.count == 1 || command is any TrainingCommand else {
      throw ValidationError(
        "\(Ranks.all.count) processes were started as one job, but only bench train and bench ablation can share work."
      )
    }
    return command
  }
}
