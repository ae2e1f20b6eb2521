/// The time at which an epoch's accuracy was known, in a training by bench or another program: a row of
/// time-to-accuracy.csv.
public struct AccuracyTimeRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("program", \.program), .init("version", \.version), .init("variant", \.variant), .init("seed", \.seed),
    .init("epoch", \.epoch), .init("seconds", \.seconds), .init("top1_percent", \.top1), .init("status", \.status),
    .init("machine", \.machine), .init("threads", \.threads),
  ]
  public static var blank: Self { Self() }

  public var program = ""
  public var version = ""
  /// How the program runs: its instruction set; "eager" or "compiled".
  public var variant = ""
  public var seed: UInt64 = 0
  public var epoch = 0
  /// Since the command began, with startup, reading, compilation and testing.
  public var seconds = 0.0
  /// On the test images, for the predicting head.
  public var top1 = 0.0
  public var status = PerformanceRow.Status.busy
  public var machine = ""
  public var threads = 0

  public init() {}
}
