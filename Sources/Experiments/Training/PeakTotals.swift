import Operators

/// The totals of the peaks looked at in the test images of one epoch.
struct PeakTotals: Codable, Sendable {
  private(set) var images = 0
  private(set) var peaks = 0
  /// Peaks of one image.
  private(set) var fewest = 0
  private(set) var most = 0
  private var strengthSum = 0.0

  /// Adds the peaks of some images, in the order of the dataset.
  mutating func add(_ peaksByImage: [[Peak]]) {
    for peaks in peaksByImage {
      fewest = images == 0 ? peaks.count : min(fewest, peaks.count)
      most = max(most, peaks.count)
      images += 1
      self.peaks += peaks.count
      for peak in peaks { strengthSum += Double(peak.strength) }
    }
  }

  /// The mean number of peaks per image.
  var mean: Double { Double(peaks) / Double(max(images, 1)) }

  /// The mean strength of all peaks; nil if there are none.
  var meanStrength: Double? { peaks == 0 ? nil : strengthSum / Double(peaks) }
}
