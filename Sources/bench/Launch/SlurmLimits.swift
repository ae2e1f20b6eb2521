import Experiments
import Planning
import Tensors

/// The resources requested from Slurm for each run.
struct SlurmLimits {
  let cpus: Int
  let memory: SlurmMemory
  let time: SlurmTime
  let partition: String?
  let account: String?
  let arrayLimit: Int?

  /// Takes the options, and else the estimates of `bench plan`; times some real steps if no time is given.
  ///
  /// Throws `invalidValue` for less memory than the runs need.
  init(of ablation: Ablation, _ options: LauncherOptions, threads: Int?) throws {
    cpus = options.cpus ?? threads ?? min(8, Threads.cpus)
    (partition, account, arrayLimit) = (options.partition, options.account, options.arrayLimit)
    let need = ablation.memoryBytes + Self.program
    if let given = options.mem, given.bytes < need {
      throw ExperimentError.invalidValue(
        option: "--mem", value: given.text, expected: "at least \(SlurmMemory(bytes: need).text), which a run needs")
    }
    memory = options.mem ?? SlurmMemory(bytes: need + need / 10)
    time = try options.time ?? SlurmTime(seconds: Self.plannedSeconds(of: ablation, threads: cpus))
  }

  /// Bytes for the program itself, besides tensors and images, and for what draws its charts.
  private static let program = 256 << 20

  /// 1.5 times the longest run's estimate here, plus 10 minutes for starting and drawing.
  private static func plannedSeconds(of ablation: Ablation, threads: Int) throws -> Int {
    var ablation = ablation
    let signals = StopSignals()
    ablation.shouldStop = { signals.isStopWanted }
    Threads.use(min(threads, Threads.cpus))
    Threads.start()
    let plan = RunPlan(of: ablation, by: try Calibration(of: ablation, goOn: Watch("Timing steps").goOn))
    return 600 + Int(min(1.5 * (plan.runs.map(\.amount.seconds).max() ?? 0), 3e7))
  }
}
