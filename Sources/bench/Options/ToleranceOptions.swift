import ArgumentParser
import Regression

/// How much worse something may be before it is a regression.
struct ToleranceOptions: ParsableArguments {
  @Option(
    help: """
      Whether weights have to be equal to the bit: require or report (default: require where libraries, rounding, \
      compiler and build are those of the baseline).
      """)
  var bits: Tolerance.Bits?

  @Option(
    help: """
      Whether times are judged: gate or report (default: gate where both were taken on one machine; with --against gate).
      """)
  var latency: Tolerance.Latency?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("An accuracy may fall by so many points before chance is asked.", valueName: "points"))
  var margin = Tolerance().accuracyPoints

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A time may grow by this factor before chance is asked.", valueName: "factor"))
  var latencyRatio = Tolerance().latencyRatio

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The tensors' peak memory may grow by this factor.", valueName: "factor"))
  var memoryRatio = Tolerance().memoryRatio

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Instructions may grow by this factor.", valueName: "factor"))
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
