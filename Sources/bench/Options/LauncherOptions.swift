import ArgumentParser
import Experiments
import Tensors

/// Where an ablation's runs are made, if not in this process, and the resources each requests from a cluster.
struct LauncherOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "local:N runs N at a time on this machine, dividing CPUs and threads; slurm submits a job array.",
      valueName: "local:N|slurm"))
  var launcher: Launcher?

  @Option(help: ArgumentHelp("Slurm partition.", valueName: "name"))
  var partition: String?

  @Option(help: ArgumentHelp("Slurm account.", valueName: "name"))
  var account: String?

  @Option(
    help: ArgumentHelp(
      "Slurm time limit per run, at which it is saved and requeued (default: bench plan's estimate plus 50 % and "
        + "10 minutes).", valueName: "time"))
  var time: SlurmTime?

  @Option(
    help: ArgumentHelp(
      "Slurm memory per run, such as 8G (default: bench plan's estimate plus 10 %).", valueName: "size"))
  var mem: SlurmMemory?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Slurm CPUs and threads per run (default: --threads, else up to 8).", valueName: "count"))
  var cpus: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Maximum Slurm runs at a time.", valueName: "count"))
  var arrayLimit: Int?

  @Flag(help: "Print the script that --launcher slurm would submit, and submit nothing.")
  var printScript = false

  /// The options' names; none of them affects results.
  static let names = [
    "launcher", "partition", "account", "time", "mem", "cpus", "array-limit", "print-script",
  ]

  /// Returns the launcher, if any; throws `invalidValue` for options that conflict with it, such as a served page.
  func checkedLauncher(
    besideServer isServed: Bool = false, besideEvents events: String? = nil
  ) throws(ExperimentError) -> Launcher? {
    if launcher != nil, isServed {
      throw .invalidValue(
        option: "--serve", value: "",
        expected: "no --launcher with it: each run would serve a page; bench serve shows the folder of one run")
    }
    if launcher != nil, let events {
      throw .invalidValue(
        option: "--tensorboard", value: events,
        expected: "no --launcher with it: bench tensorboard writes event files for the folder that bench collect made")
    }
    let slurms: [(option: String, value: String?)] = [
      ("--partition", partition), ("--account", account), ("--time", time?.text), ("--mem", mem?.text),
      ("--cpus", cpus.map(String.init)), ("--array-limit", arrayLimit.map(String.init)),
      ("--print-script", printScript ? "" : nil),
    ]
    if launcher != .slurm, let (option, value) = slurms.first(where: { $0.value != nil }) {
      throw .invalidValue(option: option, value: value ?? "", expected: "--launcher slurm with it")
    }
    for (option, value) in slurms[..<2] {
      if let value, value.wholeMatch(of: /[A-Za-z0-9_.,-]+/) == nil {
        throw .invalidValue(option: option, value: value, expected: "letters, digits, '_', '.', '-' and ','")
      }
    }
    for (option, value, most) in [("--cpus", cpus, Threads.most), ("--array-limit", arrayLimit, 10_000)] {
      if let value, !(1...most).contains(value) {
        throw .invalidValue(option: option, value: "\(value)", expected: "a number from 1 to \(most)")
      }
    }
    return launcher
  }
}

/// How the runs of an ablation are launched.
enum Launcher: ExpressibleByArgument, Equatable {
  /// This many processes at a time on this machine.
  case local(Int)
  case slurm

  init?(argument: String) {
    if argument == "slurm" {
      self = .slurm
    } else if let match = argument.wholeMatch(of: /local:(\d+)/), let count = Int(match.1), count > 0 {
      self = .local(count)
    } else {
      return nil
    }
  }
}

/// A time limit in Slurm's format: minutes[:seconds], hours:minutes:seconds or days-hours[:minutes[:seconds]].
struct SlurmTime: ExpressibleByArgument, Equatable {
  let text: String
  let seconds: Int

  init?(argument: String) {
    guard let match = argument.wholeMatch(of: /(?:(\d{1,4})-)?(\d{1,6})(?::(\d{1,2}))?(?::(\d{1,2}))?/) else {
      return nil
    }
    let parts = [match.2, match.3, match.4].compactMap { $0 }.compactMap { Int($0) }
    // After days, the first number is hours; otherwise it is hours only if there are three numbers.
    let units = match.1 != nil ? [3600, 60, 1] : parts.count == 3 ? [3600, 60, 1] : [60, 1]
    seconds = (match.1.flatMap { Int($0) } ?? 0) * 86_400 + zip(parts, units).reduce(0) { $0 + $1.0 * $1.1 }
    text = argument
    guard seconds > 0 else { return nil }
  }

  /// At least this many seconds, in whole minutes.
  init(seconds: Int) {
    let minutes = (seconds + 59) / 60
    text = "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60):00"
    self.seconds = 60 * minutes
  }
}

/// An amount of memory in Slurm's format: mebibytes, or a number with K, M, G or T.
struct SlurmMemory: ExpressibleByArgument, Equatable {
  let text: String
  let bytes: Int

  init?(argument: String) {
    guard let match = argument.wholeMatch(of: /(\d{1,9})([KMGT]?)/), let number = Int(match.1), number > 0,
      let shift = ["K": 10, "": 20, "M": 20, "G": 30, "T": 40][String(match.2)]
    else { return nil }
    let (bytes, isTooMuch) = number.multipliedReportingOverflow(by: 1 << shift)
    guard !isTooMuch else { return nil }
    (text, self.bytes) = (argument, bytes)
  }

  /// At least this many bytes, in whole mebibytes.
  init(bytes: Int) {
    let mebibytes = (bytes + (1 << 20) - 1) >> 20
    (text, self.bytes) = ("\(mebibytes)M", mebibytes << 20)
  }
}
