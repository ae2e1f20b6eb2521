import Records

/// What may be concluded about the difference between two variants; raw values are the fixed words of tables and files.
public enum Verdict: String, CaseIterable, CSVField, Sendable {
  /// Training again with other seeds and testing on other images of the kind would show it too.
  case better
  case worse
  /// The trained weights differ on images of the kind; the result of training again is not known.
  case betterTheseWeights = "better, these weights only"
  case worseTheseWeights = "worse, these weights only"
  /// This does not mean that there is none: see the smallest difference that could have been shown.
  case notShown = "no difference shown"

  /// The level at which p-values, after Holm's correction, count as significant.
  public static let level = 0.05

  /// The verdict on a `difference` of accuracies, in points.
  ///
  /// The seeds must agree (by their p-value), and the interval over seeds and images must exclude zero. Fewer than six
  /// paired seeds never agree enough: five of one sign have a p-value of 2 / 2^5. Otherwise the images may decide for
  /// the existing weights.
  init(difference: Double, images: Evidence, seeds: Evidence) {
    if seeds.isSignificant, seeds.leavesZeroOut {
      self = difference > 0 ? .better : .worse
    } else if images.isSignificant {
      self = difference > 0 ? .betterTheseWeights : .worseTheseWeights
    } else {
      self = .notShown
    }
  }
}
