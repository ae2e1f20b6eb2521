import Files
import Foundation
import Limits
import Performance
import Records
import Tensors

/// The CPU, and which of its instruction sets the kernels use.
struct Processor {
  var model: String
  var supported: [InstructionSet]
  var current: InstructionSet

  static func here(_ environment: RunEnvironment) -> Processor {
    Processor(
      model: environment.cpu.model, supported: InstructionSet.allCases.filter(\.isSupported), current: .current)
  }

  var check: Check {
    let text = "\(model), can run \(supported.map(\.rawValue).joined(separator: ", ")); \(current.rawValue) is in use"
    guard supported != [.portable] else {
      return .warning(
        "cpu", text, "Expect a fraction of the speed: the kernels are fast only on x86-64 CPUs with AVX2 or AVX-512.")
    }
    guard current == supported.last else {
      return .warning("cpu", text, "Unset S3N_ISA, which asks for \(current.rawValue).")
    }
    return .ok("cpu", text)
  }
}

/// The threads of the engine, and the CPUs that they may run on.
struct EngineThreads {
  var count: Int
  /// The CPUs that this process may run on, and those of the machine.
  var allowed: Int
  var machine: Int
  /// The control groups' quota of CPU time, in CPUs; nil if unlimited.
  var quota: Double?

  static var here: EngineThreads {
    EngineThreads(
      count: Threads.start(), allowed: Threads.cpus, machine: ProcessInfo.processInfo.processorCount,
      quota: CPUQuota.cpus)
  }

  var check: Check {
    let limit = quota.map { String(format: "a quota of %.2g CPUs", $0) } ?? "no quota"
    let text = "\(counted(count, "thread")) of the engine, on \(allowed) of \(counted(machine, "CPU")), \(limit)"
    if let quota, quota < 1 {
      return .warning(
        "threads", text, "Raise the control group's quota to a whole CPU: steps wait for their share.")
    }
    if Double(count) > min(Double(allowed), quota ?? .infinity) {
      return .warning("threads", text, "Leave --threads out: more threads than CPUs are slower.")
    }
    return .ok("threads", text)
  }
}
