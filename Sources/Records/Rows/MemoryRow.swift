/// What training took of memory in one epoch of a run: a row of memory.csv.
public struct MemoryRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID), .init("epoch", \.epoch), .init("peak_tensor_bytes", \.peakTensorBytes),
    .init("allocations_per_step", \.allocationsPerStep),
  ]
  public static var blank: Self { Self(runID: "", epoch: 0, peakTensorBytes: 0, allocationsPerStep: 0) }

  public var runID: String
  /// From 1.
  public var epoch: Int
  /// The most that tensors held at once while the training images passed.
  public var peakTensorBytes: Int
  /// How often a training step asked the system for memory: the median over the steps of the epoch, which a first and a last
  /// step that are unlike the others do not move.
  public var allocationsPerStep: Int

  public init(runID: String, epoch: Int, peakTensorBytes: Int, allocationsPerStep: Int) {
    self.runID = runID
    self.epoch = epoch
    self.peakTensorBytes = peakTensorBytes
    self.allocationsPerStep = allocationsPerStep
  }
}
