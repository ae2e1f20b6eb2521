import ArgumentParser
import Regression

/// How much worse something may be before it is a regression.
struct ToleranceOptions: ParsableArguments {
  @Option(
    help: """
      Require bit-identical weights, or only report differences (default: require if libraries, rounding, compiler and \
      build match the baseline's).
      """)
  var bits: Tolerance.Bits?

  @Option(
    help: """
      Judge times (gate), or only report them (default: gate if both were measured on the same machine, or with \
      --against).
      """)
  var latency: Tolerance.Latency?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Points by which accuracy may drop before significance is tested.", valueName: "points"))
  var margin = Tolerance().accuracyPoints

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Factor by which times may grow before significance is tested.", valueName: "factor"))
  var latencyRatio = Tolerance().latencyRatio

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Factor by which the tensors' peak memory may grow.", valueName: "factor"))
  var memoryRatio = Tolerance().memoryRatio

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Factor by which instructions may grow.", valueName: "factor"))
  var instructionRatio = Tolerance().instructionRatio

  mutating func validate() throws {
    guard margin >= 0, margin <= 100 else { throw ValidationError("--margin \(margin): expected 0 to 100 points.") }
    for (option, ratio) in [
      ("--latency-ratio", latencyRatio), ("--memory-ratio", memoryRatio), ("--instruction-ratio", instructionRatio),
    ] where !(ratio >= 1 && ratio.isFinite) {
      throw ValidationError("\(option) \(ratio): expected a factor of 1 or more.")
    }
  }

  var tolerance: Tolerance {
    var tolerance = Tolerance()
    (tolerance.bits, tolerance.latency) = (bits, latency)
    tolerance.accuracyPoints = margin
    (tolerance.latencyRatio, tolerance.memoryRatio) = (latencyRatio, memoryRatio)
    tolerance.instructionRatio = instructionRatio
    return tolerance
  }
}

extension Tolerance.Bits: ExpressibleByArgument {}
extension Tolerance.Latency: ExpressibleByArgument {}
