import ArgumentParser
import Tensors

/// What features are stored and multiplied as.
struct PrecisionOption: ParsableArguments {
  @Option(
    help: """
      What features and their gradients are stored and multiplied as (default: fp32). Weights, batch statistics, heads \
      and sampling are 32-bit floats in both.
      """)
  var precision: Precision?
}

extension Precision: ExpressibleByArgument {}
