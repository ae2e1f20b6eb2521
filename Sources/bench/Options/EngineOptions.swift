import ArgumentParser
import Performance
import Tensors

/// What the engine runs on.
struct EngineOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Threads (default: all CPUs).", valueName: "count"))
  var threads: Int?

  @Option(name: .customLong("isa"), help: "The instruction set (default: the best of this CPU, or S3N_ISA).")
  var instructionSet: InstructionSet?

  /// Sets up the engine, before it has packed any weights.
  func apply() throws {
    if let instructionSet { try instructionSet.use() }
    guard let threads else { return }
    guard (1...64).contains(threads) else {
      throw PerformanceError.invalidValue(option: "--threads", value: "\(threads)", expected: "a number from 1 to 64")
    }
    Threads.use(threads)
  }
}

extension InstructionSet: ExpressibleByArgument {}
