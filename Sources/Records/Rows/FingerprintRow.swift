/// A hash of a run's weights after one epoch: a row of fingerprints.csv.
public struct FingerprintRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID), .init("epoch", \.epoch), .init("weights_sha256", \.weightsSHA256),
  ]
  public static var blank: Self { Self(runID: "", epoch: 0, weightsSHA256: "") }

  public var runID: String
  /// From 1.
  public var epoch: Int
  /// SHA-256 over names, shapes and float bits of all parameters and buffers.
  public var weightsSHA256: String

  public init(runID: String, epoch: Int, weightsSHA256: String) {
    self.runID = runID
    self.epoch = epoch
    self.weightsSHA256 = weightsSHA256
  }
}
