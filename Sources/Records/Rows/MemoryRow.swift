/// The memory that training used in one epoch of a run: a row of memory.csv.
public struct MemoryRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID), .init("epoch", \.epoch), .init("peak_tensor_bytes", \.peakTensorBytes),
    .init("allocations_per_step", \.allocationsPerStep),
  ]
  public static var blank: Self { Self(runID: "", epoch: 0, peakTensorBytes: 0, allocationsPerStep: 0) }

  public var runID: String
  /// From 1.
  public var epoch: Int
  /// The most bytes that tensors held at once during the pass over the training images.
  public var peakTensorBytes: Int
  /// The system allocations per training step: the median over the epoch's steps, which an unusual first or last step
  /// does not affect.
  public var allocationsPerStep: Int

  public init(runID: String, epoch: Int, peakTensorBytes: Int, allocationsPerStep: Int) {
    self.runID = runID
    self.epoch = epoch
    self.peakTensorBytes = peakTensorBytes
    self.allocationsPerStep = allocationsPerStep
  }
}
