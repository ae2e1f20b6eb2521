/// Accuracy after one epoch of a training by bench or PyTorch: a row of convergence.csv, written by
/// Scripts/interop/converge.
public struct ConvergenceRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("program", \.program), .init("variant", \.variant), .init("seed", \.seed), .init("epoch", \.epoch),
    .init("head", \.head), .init("top1_percent", \.top1),
  ]
  public static var blank: Self { Self(program: .bench, variant: "", seed: 0, epoch: 0, head: "", top1: 0) }

  public enum Program: String, CaseIterable, CSVField, Sendable {
    case bench
    case pytorch = "PyTorch"
  }

  public var program: Program
  public var variant: String
  public var seed: UInt64
  public var epoch: Int
  public var head: String
  public var top1: Double

  public init(program: Program, variant: String, seed: UInt64, epoch: Int, head: String, top1: Double) {
    (self.program, self.variant, self.seed, self.epoch) = (program, variant, seed, epoch)
    (self.head, self.top1) = (head, top1)
  }
}

/// Whether one head's final accuracies are equivalent in both programs: a row of equivalence.csv.
public struct EquivalenceRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("variant", \.variant), .init("head", \.head), .init("seeds", \.seeds), .init("pytorch_seeds", \.peerSeeds),
    .init("mean_percent", \.mean), .init("sd_points", \.deviation), .init("pytorch_mean_percent", \.peerMean),
    .init("pytorch_sd_points", \.peerDeviation), .init("difference_points", \.difference),
    .init("low_90_points", \.low90), .init("high_90_points", \.high90), .init("margin_points", \.margin),
    .init("p_value", \.pValue), .init("verdict", \.verdict),
  ]
  public static var blank: Self { Self() }

  public var variant = ""
  public var head = ""
  public var seeds = 0
  public var peerSeeds = 0
  /// Means and standard deviations of the final top-1 over seeds, in percent and points.
  public var mean = 0.0
  public var deviation = 0.0
  public var peerMean = 0.0
  public var peerDeviation = 0.0
  /// bench minus PyTorch, with its 90 % interval: if it is within the margin, both one-sided tests reject at 5 %.
  public var difference = 0.0
  public var low90 = 0.0
  public var high90 = 0.0
  public var margin = 0.0
  /// The larger p-value of the two one-sided tests (Welch, Schuirmann).
  public var pValue = 0.0
  /// "equivalent" or "not shown".
  public var verdict = ""

  public init() {}
}
