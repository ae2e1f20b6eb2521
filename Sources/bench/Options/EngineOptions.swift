import ArgumentParser
import Performance

/// What the engine runs on.
struct EngineOptions: ParsableArguments {
  @OptionGroup var threads: ThreadOptions

  @Option(name: .customLong("isa"), help: "Instruction set (default: S3N_ISA if set, else this CPU's best).")
  var instructionSet: InstructionSet?

  /// Sets up the engine, before it has packed any weights.
  func apply() throws {
    if let instructionSet { try instructionSet.use() }
    try threads.apply()
  }
}

extension InstructionSet: ExpressibleByArgument {}
