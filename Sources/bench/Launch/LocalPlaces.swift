import Experiments
import Files
import Foundation
import Glibc
import Limits
import Records
import Tensors

/// The places for concurrent runs on this machine, each with its own CPUs.
struct LocalPlaces {
  /// The CPU numbers of each place; all places have equally many.
  let cpus: [[Int]]

  var threads: Int { cpus[0].count }

  /// Divides `threads` CPUs, or all that this process may use, among `count` places, or among as many as fit in memory.
  ///
  /// Throws `invalidValue` if a place would have no CPU.
  init(
    _ count: Int, threads: Int?, bytesEach: Int, limit: MemoryLimit, numbers: [Int] = Threads.cpuNumbers,
    quota: Int? = CPUQuota.threads
  ) throws(ExperimentError) {
    let all = numbers.isEmpty ? Array(0..<Threads.cpus) : numbers
    let free = all.prefix(min(threads ?? .max, quota ?? .max))
    guard count <= free.count else {
      throw .invalidValue(
        option: "--launcher", value: "local:\(count)",
        expected: "at most \(counted(free.count, "run")) at a time, one for each "
          + (free.count == threads ? "of --threads" : "CPU available"))
    }
    let fitting = max(1, min(count, limit.bytes / max(bytesEach, 1)))
    if fitting < count {
      warn(
        "running \(fitting) instead of \(count) at a time: each needs \(gibibytes(bytesEach)) of memory, but \(limit).")
    }
    let share = free.count / fitting
    cpus = (0..<fitting).map { Array(free.dropFirst($0 * share).prefix(share)) }
  }

  /// Makes the runs of `cells` in order, each in a process of this program that logs to the cell's file. If one fails,
  /// the others still run.
  ///
  /// Forwards Ctrl-C, SIGTERM and SIGHUP, and throws `ExperimentError.interrupted` once all processes have ended.
  func run(_ cells: [Division.Cell], in folder: DividedFolder, command: RecordedCommand) throws {
    let signals = StopSignals()
    var waiting = cells[...]
    var running: [Int: (cell: Division.Cell, process: ChildProcess)] = [:]
    // No process is left running, whatever is thrown.
    defer {
      for (_, process) in running.values { process.handOnSignal() }
      while running.contains(where: { $0.value.process.exitCode() == nil }) { usleep(10_000) }
    }
    var isTold = false
    while !running.isEmpty || !waiting.isEmpty && !isTold {
      if signals.isStopWanted, !isTold {
        for (_, process) in running.values { process.handOnSignal() }
        isTold = true
      }
      for place in cpus.indices where running[place] == nil && !isTold {
        guard let cell = waiting.popFirst() else { break }
        running[place] = (cell, try start(cell, at: place, in: folder, command))
      }
      for (place, (cell, process)) in running {
        guard let code = process.exitCode() else { continue }
        running[place] = nil
        tell(of: cell, code, in: folder, left: waiting.count + running.count, isStopping: isTold)
      }
      usleep(20_000)
    }
    if isTold {
      complain(
        "Finished and saved work is kept: to resume, repeat the command with "
          + "--out \(shellQuoted(folder.url.relativePath)).")
      throw ExperimentError.interrupted
    }
  }

  private func start(
    _ cell: Division.Cell, at place: Int, in folder: DividedFolder, _ command: RecordedCommand
  ) throws -> ChildProcess {
    let list = cpus[place].map(String.init).joined(separator: ",")
    let arguments =
      command.arguments + cell.arguments + ["--threads", "\(threads)", "--out", folder.folder(of: cell).givenPath]
    // If this process is killed, its runs save and end as well.
    return try ChildProcess(
      ["setpriv", "--pdeathsig", "TERM", "taskset", "--cpu-list", list, FreshRuns().program] + arguments,
      output: .file(folder.log(of: cell).givenPath))
  }

  private func tell(of cell: Division.Cell, _ code: Int32, in folder: DividedFolder, left: Int, isStopping: Bool) {
    let log = folder.log(of: cell)
    switch code {
    case 0: complain("\(cell.key): finished, \(left) left", Event("run_finished", ["run": .text(cell.key)]))
    case 3: complain("\(cell.key): diverged, \(left) left", Event("run_diverged", ["run": .text(cell.key)]))
    case 128... where isStopping: complain("\(cell.key): stopped")
    default:
      let last = (readText(log.givenPath) ?? "").split(separator: "\n").last ?? ""
      warn("\(cell.key) exited with \(code); last line of \(log.relativePath): \(last.prefix(300))")
    }
  }
}
