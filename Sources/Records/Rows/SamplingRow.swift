/// Where and with which parameters a run looks in the test images after one epoch: a row of sampling.csv.
///
/// A network without peaks, such as the baseline, has no rows.
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
  /// The peaks used in an image: their mean over the test images, and the smallest and largest number in one image.
  public var meanPeaks = 0.0
  public var fewestPeaks = 0
  public var mostPeaks = 0
  /// The mean response at the peaks of all images, above 0 and at most 1; nil if there are none.
  public var meanScore: Double?
  /// The learned radii of the branches, in widths of the map; nil for a branch that the network lacks.
  public var radius: Float?
  public var radiusInverse: Float?
  /// The distance of the learned filter from its initial Gaussian: the L2 norm of the difference over the Gaussian's.
  public var filterChange = 0.0

  public init(runID: String, epoch: Int) {
    self.runID = runID
    self.epoch = epoch
  }
}
