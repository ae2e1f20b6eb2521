import ArgumentParser
import Performance

/// The engine's threads and instruction set.
struct EngineOptions: ParsableArguments {
  @OptionGroup var threads: ThreadOptions

  @Option(name: .customLong("isa"), help: "Instruction set (default: S3N_ISA if set, else this CPU's best).")
  var instructionSet: InstructionSet?

  /// Configures the engine, before it has packed any weights.
  func apply() throws {
    if let instructionSet { try instructionSet.use() }
    try threads.apply()
  }
}

extension InstructionSet: ExpressibleByArgument {}
