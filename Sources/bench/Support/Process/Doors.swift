import ArgumentParser
import CKernels
import Experiments
import Files
import Glibc
import Limits
import Performance
import Tensors

/// Prepares the process's descriptors, signals, limits and environment before anything else happens.
enum Doors {
  static func open() throws {
    fillDescriptors()
    // A closed pipe and a file at its size limit are errors of the failing call. Handlers, not `SIG_IGN`, which started
    // programs would inherit.
    for number in [SIGPIPE, SIGXFSZ] { signal(number) { _ in } }
    // If it was ignored, the system would discard the exit status of programs that we start.
    signal(SIGCHLD, SIG_DFL)
    s3n_set_last_words(
      "Raise the limit (ulimit -v, ulimit -d), or choose a smaller --bn-batch, --batch, --size or --cache-images where "
        + "the command has them.")
    s3n_watch_for_failed_allocations()
    if let threads = CPUQuota.threads, threads < Threads.count { Threads.use(threads) }
    try InstructionSet.checkEnvironment()
    if let text = environmentVariable(Fault.variable), Fault(text) == nil {
      throw ValidationError(
        "\(Fault.variable)=\(text): expected a call, a number and an error, such as write:3:ENOSPC.")
    }
    if let text = environmentVariable(PlantedFault.variable) {
      guard PlantedFault(rawValue: text) != nil else {
        throw ValidationError(
          "\(PlantedFault.variable)=\(text): expected \(PlantedFault.allCases.map(\.rawValue).joined(separator: ", "))."
        )
      }
      warn("\(PlantedFault.variable)=\(text) plants a fault on purpose: no results of this run can be trusted.")
    }
  }

  /// Opens /dev/null for those of the three standard streams that are closed; else the first files would take their
  /// descriptors, and messages would go into them.
  private static func fillDescriptors() {
    while true {
      let descriptor = Glibc.open("/dev/null", O_RDWR)
      if descriptor > STDERR_FILENO { close(descriptor) }
      if descriptor < 0 || descriptor > STDERR_FILENO { return }
    }
  }
}
