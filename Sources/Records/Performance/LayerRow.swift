/// A convolution layer in one pass, or a whole step, compared with the machine's limits: a row of layers.csv.
public struct LayerRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("layer", \.layer), .init("pass", \.pass), .init("algorithm", \.algorithm), .init("count", \.count),
    .init("flops", \.flops), .init("executed_flops", \.executedFlops), .init("bytes", \.bytes),
    .init("median_ns", \.medianNanoseconds), .init("p10_ns", \.p10Nanoseconds), .init("p90_ns", \.p90Nanoseconds),
    .init("bound_ns", \.boundNanoseconds), .init("peak_flop_s", \.peakArithmetic),
    .init("peak_byte_s", \.peakBandwidth), .init("status", \.status), .init("other_cpus", \.otherCPUs),
    .init("model", \.subject.model), .init("backbone", \.subject.backbone), .init("size", \.subject.size),
    .init("batch", \.subject.batch), .init("precision", \.subject.precision), .init("threads", \.subject.threads),
    .init("version", \.subject.version), .init("variant", \.subject.variant), .init("machine", \.subject.machine),
  ]
  public static var blank: Self { Self(of: .blank) }

  /// The layer name in rows of whole steps, whose pass is "infer" or "train".
  public static let wholeStep = "whole step"

  /// Kernel, channels and input size in pixels.
  public var layer = ""
  public var pass = ""
  public var algorithm = ""
  /// How often a training step runs it.
  public var count = 0
  /// Floating-point operations by definition, and those of the products that were executed.
  public var flops = 0.0
  public var executedFlops = 0.0
  /// The bytes read and written, each counted once.
  public var bytes = 0.0
  public var medianNanoseconds = 0.0
  public var p10Nanoseconds = 0.0
  public var p90Nanoseconds = 0.0
  /// The least time on this machine for the executed operations and the bytes.
  public var boundNanoseconds = 0.0
  /// The machine's limits: operations per second for products of this kind, and bytes per second.
  public var peakArithmetic = 0.0
  public var peakBandwidth = 0.0
  public var status = PerformanceRow.Status.busy
  public var otherCPUs: Double?
  /// The model that has the layer, and the program that ran it.
  public var subject: PerformanceSubject

  public init(of subject: PerformanceSubject) { self.subject = subject }

  /// The layer in fewer words: "3x3, 64 to 64, 112x112".
  public var shortLayer: String { layer.replacing(" channels", with: "") }

  /// The fraction of its limit that it reaches, from 0 to 1.
  public var shareOfLimit: Double { medianNanoseconds > 0 ? boundNanoseconds / medianNanoseconds : 0 }
}
