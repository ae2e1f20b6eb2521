import Datasets
import Experiments
import Files
import Foundation
import Limits
import Planning
import Records
import Tensors

/// An ablation with a process for each run. Everything is checked as if it ran here; then the processes are started or
/// submitted.
struct Launch {
  private let command: AblationCommand
  private let launcher: Launcher
  /// The command of each run, without the options that select the run, its threads and its folder.
  private let shared: RecordedCommand

  init(_ command: AblationCommand, by launcher: Launcher) throws {
    self.command = command
    self.launcher = launcher
    let own = LauncherOptions.names.map { "--" + $0 }
    let given = RecordedCommand(try ConfiguredArguments.ofProcess.get().arguments.filter { $0 != "--print-script" })
    shared = (own + ["--threads", "--out"]).reduce(given.withoutChoice) { $0.without($1) }
  }

  func callAsFunction() throws {
    switch launcher {
    case .local(let count): try runHere(count)
    case .slurm: try submit()
    }
  }

  // MARK: On this machine

  private func runHere(_ count: Int) throws {
    let places: LocalPlaces
    let folder: DividedFolder
    let (asked, missing): (Set<String>, [Division.Cell])
    do {
      // This scope frees images and weights before the runs need the memory.
      let (ablation, _) = try ExperimentRun(command: command).prepared()
      try ablation.validate()
      places = try LocalPlaces(
        count, threads: command.output.threads.threads, bytesEach: ablation.memoryBytes, limit: .current)
      folder = try open(ablation)
      (asked, missing) = (Set(ablation.plan.cells.map(\.key)), folder.missing(of: ablation.plan))
    }
    complain(
      "\(counted(missing.count, "run")) to make into \(folder.url.relativePath), \(places.cpus.count) at a time, each on "
        + counted(places.threads, "thread"))
    try places.run(missing, in: folder, command: shared)
    // The folder may hold unfinished cells of other commands.
    let table = CollectedTable(folder)
    try table.require(
      table.collect().filter { asked.contains($0.cell.key) },
      advice: "To continue the others, repeat the command with --out \(shellQuoted(folder.url.relativePath)).")
  }

  // MARK: On a cluster

  private func submit() throws {
    let options = command.launching
    if !options.printScript { try Slurm.require() }
    let (ablation, _) = try ExperimentRun(command: command).prepared(runsElsewhere: true)
    // The cluster's nodes do not have the memory of this machine.
    try ablation.validate(within: MemoryLimit(bytes: .max))
    let limits = try SlurmLimits(of: ablation, options, threads: command.output.threads.threads)
    if options.printScript {
      let name = command.output.out ?? "runs/\(ablation.plan.dataset)-\(ablation.plan.recipe.name)-TIME"
      let url = URL(fileURLWithPath: name, isDirectory: true)
      return print(JobScript(url, try division(of: ablation), shared, limits).text, terminator: "")
    }
    let folder = try open(ablation) { JobScript($0, $1, shared, limits).text }
    try Slurm.submit(folder.missing(of: ablation.plan), of: folder)
  }

  private func open(_ ablation: Ablation, script: ((URL, Division) -> String)? = nil) throws -> DividedFolder {
    let url = try command.output.folder(dataset: ablation.plan.dataset, recipe: ablation.plan.recipe.name)
    return try DividedFolder(at: url, for: division(of: ablation), script: script.map { script in { script(url, $0) } })
  }

  private func division(of ablation: Ablation) throws -> Division {
    let cells = ablation.plan.cells.map { cell in
      Division.Cell(
        key: cell.key, runID: ablation.plan.runID(cell),
        arguments: RecordedCommand.choice(
          cell.variant.name, radius: cell.radius, radiusInverse: cell.radiusInverse, seed: cell.seed))
    }
    let arguments = try ConfiguredArguments.ofProcess.get().arguments
    return Division(cells, recipe: ablation.resolvedRecipe, configuration: try ResolvedConfig(of: arguments).text)
  }
}

extension Ablation {
  /// The approximate peak memory of the largest run, in bytes.
  var memoryBytes: Int {
    plan.cells.map {
      plan.recipe.memoryNeed(for: $0.variant, classes: dataset.classNames.count, cachedBytes: dataset.cacheBudget).bytes
    }.max() ?? 0
  }
}

extension DividedFolder {
  /// Returns the unfinished cells of a plan; warns about and omits those whose folders are in the way.
  func missing(of plan: AblationPlan) -> [Division.Cell] {
    let keys = Set(plan.cells.map(\.key))
    let census = division.cells.filter { keys.contains($0.key) }.map { (cell: $0, state: state(of: $0)) }
    for case (let cell, .leftOut(let reason)) in census {
      warn("\(cell.key) is not run: \(text(of: .leftOut(reason: reason), cell))")
    }
    return missing(of: census)
  }

  /// Returns the cells that are not finished, but can be.
  func missing(of census: Census) -> [Division.Cell] {
    census.compactMap { cell, state in
      switch state {
      case .finished, .leftOut: nil
      case .notBegun, .underWay: cell
      }
    }
  }

  /// The state of a cell and what to do about it, for the user.
  func text(of state: CellState, _ cell: Division.Cell) -> String {
    switch state {
    case .finished: "finished"
    case .notBegun: "not started"
    case .underWay(let epochs):
      "not finished, \(counted(epochs, "epoch")) so far; its log is \(log(of: cell).relativePath)"
    case .leftOut(let reason):
      "\(reason.hasSuffix(".") ? "\(reason.dropLast())" : reason). "
        + "Move \(folder(of: cell).relativePath) away to repeat it"
    }
  }
}
