/// Where a run looks in the test images after one epoch, and with what it looks: a row of sampling.csv.
///
/// A network that looks at no peaks, such as the baseline, has none.
public struct SamplingRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("run_id", \.runID), .init("epoch", \.epoch), .init("images", \.images), .init("peaks_mean", \.meanPeaks),
    .init("peaks_min", \.fewestPeaks), .init("peaks_max", \.mostPeaks), .init("score_mean", \.meanScore),
    .init("radius", \.radius), .init("radius_inv", \.radiusInverse), .init("filter_change", \.filterChange),
  ]
  public static var blank: Self { Self(runID: "", epoch: 0) }

  public var runID: String
  /// From 1.
  public var epoch: Int
  public var images = 0
  /// The peaks that are looked at in an image: their mean over the test images, and the fewest and the most of one.
  public var meanPeaks = 0.0
  public var fewestPeaks = 0
  public var mostPeaks = 0
  /// The mean response at them, above 0 and at most 1, over all peaks of all images; nil if there are none.
  public var meanScore: Double?
  /// The learned radii of the branches, in widths of the map; nil for a branch that the network lacks.
  public var radius: Float?
  public var radiusInverse: Float?
  /// How far the learned filter lies from the Gaussian that it begins as: the Euclidean norm of the difference by the Gaussian's.
  public var filterChange = 0.0

  public init(runID: String, epoch: Int) {
    self.runID = runID
    self.epoch = epoch
  }
}
