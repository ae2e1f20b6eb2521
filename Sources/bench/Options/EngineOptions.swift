import ArgumentParser
import Performance

/// What the engine runs on.
struct EngineOptions: ParsableArguments {
  @OptionGroup var threads: ThreadOptions

  @Option(name: .customLong("isa"), help: "The instruction set (default: the best of this CPU, or S3N_ISA).")
  var instructionSet: InstructionSet?

  /// Sets up the engine, before it has packed any weights.
  func apply() throws {
    if let instructionSet { try instructionSet.use() }
    try threads.apply()
  }
}

extension InstructionSet: ExpressibleByArgument {}
