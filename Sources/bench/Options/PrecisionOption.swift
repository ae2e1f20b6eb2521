import ArgumentParser
import Tensors

/// The number format in which features are stored and multiplied.
struct PrecisionOption: ParsableArguments {
  @Option(
    help: """
      Precision in which features and their gradients are stored and multiplied (default: fp32). Weights, batch \
      statistics, heads and sampling are always 32-bit floats.
      """)
  var precision: Precision?
}

extension Precision: ExpressibleByArgument {}
