import ArgumentParser
import CKernels
import Experiments
import Files
import Glibc
import Limits
import Performance
import Tensors

/// What stands between the process and the system, put in order before anything else happens.
enum Doors {
  static func open() throws {
    fillDescriptors()
    // A closed pipe and a file that may not grow are errors of the call that meets them. Handlers and not `SIG_IGN`, which programs
    // that are started would inherit.
    for number in [SIGPIPE, SIGXFSZ] { signal(number) { _ in } }
    // Where it was ignored, the system forgets how programs that we start have ended.
    signal(SIGCHLD, SIG_DFL)
    s3n_set_last_words(
      "Choose a smaller --bn-batch, --batch, --size or --cache-images, or raise the limit (ulimit -v, ulimit -d).")
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

  /// Opens /dev/null as those of the three standard streams that are closed: else the first files would take their places, and
  /// messages would end in them.
  private static func fillDescriptors() {
    while true {
      let descriptor = Glibc.open("/dev/null", O_RDWR)
      if descriptor > STDERR_FILENO { close(descriptor) }
      if descriptor < 0 || descriptor > STDERR_FILENO { return }
    }
  }
}
