import ArgumentParser
import Experiments
import Records
import Tensors

/// How many threads the engine uses, and where they may run.
struct ThreadOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Engine threads (default: the CPUs available to this process, by affinity and quota). Half as many more load \
      images. Results do not depend on this.
      """, valueName: "count"))
  var threads: Int?

  @Flag(help: "Do not pin threads to CPUs (default: pin if there are as many threads as CPUs).")
  var noPin = false

  /// Throws `invalidValue` for a number that the engine does not support.
  func check() throws(ExperimentError) {
    guard let threads, !(1...Threads.most).contains(threads) else { return }
    throw .invalidValue(option: "--threads", value: "\(threads)", expected: "a number from 1 to \(Threads.most)")
  }

  /// Sets the engine's threads and starts them.
  func apply() throws {
    Threads.allowPinning(!noPin && !Ranks.shareCPUs)
    try check()
    if let threads {
      if threads > Threads.cpus {
        warn("\(threads) threads on \(counted(Threads.cpus, "CPU")) are slower than \(Threads.cpus).")
      }
      Threads.use(threads)
    }
    let wanted = Threads.count
    let started = Threads.start()
    if started < wanted {
      warn(
        "the system allows no more threads (ulimit -u, pids.max of the control group): "
          + "the engine uses \(started) instead of \(wanted).")
    }
  }
}
