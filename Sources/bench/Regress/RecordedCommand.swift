import Records

/// A command as recorded in environment.json, to be run again.
struct RecordedCommand: Equatable {
  /// Without the program's name.
  private(set) var arguments: [String]

  init(_ record: RunEnvironment) { arguments = Array(record.commandLine.dropFirst()) }

  init(_ arguments: [String]) { self.arguments = arguments }

  /// Returns the command without an option that takes a value, or may take one.
  func without(_ option: String) -> RecordedCommand {
    var rest: [String] = []
    var isValue = false
    for argument in arguments {
      let isTaken = isValue && !argument.hasPrefix("--")
      isValue = argument == option
      if !isValue, !isTaken, !argument.hasPrefix(option + "=") { rest.append(argument) }
    }
    return RecordedCommand(rest)
  }

  /// The command without its served page and event files.
  var unwatched: RecordedCommand { without("--serve").without("--serve-host").without("--tensorboard") }

  /// Returns the command with another value of an option.
  func with(_ option: String, _ value: String) -> RecordedCommand {
    RecordedCommand(without(option).arguments + [option, value])
  }

  /// The command with its models kept.
  var keepingModels: RecordedCommand {
    arguments.first == "ablation" && !arguments.contains("--checkpoints")
      ? RecordedCommand(arguments + ["--checkpoints"]) : self
  }

  /// Returns how many radius options of a `train` command match a run, or nil if the command makes another run.
  func choices(of run: RunRow) -> Int? {
    guard value(of: "--variant") ?? "s3n" == run.variant, value(of: "--seed") ?? "0" == "\(run.seed)" else {
      return nil
    }
    let radii = [("--radius", run.radius), ("--radius-inv", run.radiusInverse)].compactMap { option, radius in
      value(of: option).map { Double($0) == radius }
    }
    return radii.contains(false) ? nil : radii.count
  }

  /// The value of an option: the last one if it is repeated, as the parser takes it.
  private func value(of option: String) -> String? {
    for (index, argument) in arguments.enumerated().reversed() {
      if argument == option { return index + 1 < arguments.count ? arguments[index + 1] : nil }
      if argument.hasPrefix(option + "=") { return String(argument.dropFirst(option.count + 1)) }
    }
    return nil
  }

  /// Returns the command that makes one run of an ablation alone.
  func only(_ run: RunRow) -> RecordedCommand {
    guard arguments.first == "ablation" else { return self }
    let choice = Self.choice(run.variant, radius: run.radius, radiusInverse: run.radiusInverse, seed: run.seed)
    return RecordedCommand(withoutChoice.arguments + choice)
  }

  /// An ablation's command without the options that select its runs.
  var withoutChoice: RecordedCommand {
    ["--p", "--radius", "--radius-inv", "--variants", "--seeds"].reduce(self) { $0.without($1) }
  }

  /// Returns the arguments that select one run of an ablation.
  static func choice(_ variant: String, radius: Double?, radiusInverse: Double?, seed: UInt64) -> [String] {
    ["--variants", variant, "--seeds", "\(seed)-\(seed)"] + (radius.map { ["--radius", "\($0)"] } ?? [])
      + (radiusInverse.map { ["--radius-inv", "\($0)"] } ?? [])
  }
}
