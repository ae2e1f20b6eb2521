/// A measure of how well places match an annotation: its names in localisation.csv, and its value for an image.
struct LocalisationMeasure {
  let metric: String
  var part: String?
  var tolerance: Double?
  var unit = Self.share
  /// Nil for an image for which it is not defined.
  let value: (Localisation) -> Double?

  private static let share = "percent"

  /// The possible range of its mean, and so of its interval.
  var range: ClosedRange<Double> { 0...(unit == Self.share ? 100 : .infinity) }

  /// The tolerances for parts, in longer sides of the box.
  static let tolerances = [0.05, 0.1, 0.2]

  /// All measures for a dataset with these part names.
  static func all(partNames: [String]) -> [LocalisationMeasure] {
    let pointing = PointingTolerance.standard
    let boxes = [
      LocalisationMeasure(metric: "inside_box") { $0.insideBox.map { 100 * $0 } },
      LocalisationMeasure(metric: "points_at_box", tolerance: pointing.pixelsOf224) {
        $0.pointsAtBox(within: pointing).map(percent)
      },
    ]
    guard !partNames.isEmpty else { return boxes }
    let parts = [
      LocalisationMeasure(metric: "points_at_part", tolerance: pointing.pixelsOf224) {
        $0.pointsAtPart(within: pointing).map(percent)
      },
      LocalisationMeasure(metric: "part_distance", unit: "percent of the box") { $0.meanPartDistance.map { 100 * $0 } },
    ]
    let tolerant = tolerances.flatMap { tolerance in
      [
        LocalisationMeasure(metric: "peak_precision", tolerance: tolerance) {
          $0.peakPrecision(within: tolerance).map { 100 * $0 }
        },
        LocalisationMeasure(metric: "part_recall", tolerance: tolerance) {
          $0.partRecall(within: tolerance).map { 100 * $0 }
        },
      ]
    }
    return boxes + parts + tolerant + partNames.enumerated().flatMap(ofPart)
  }

  /// The measures of a single part: the distance of the nearest peak, and the share of images in which it is looked at.
  private static func ofPart(_ part: Int, _ name: String) -> [LocalisationMeasure] {
    [
      LocalisationMeasure(metric: "part_distance", part: name, unit: "percent of the box") {
        $0.distance(toPart: part).map { 100 * $0 }
      }
    ]
      + tolerances.map { tolerance in
        LocalisationMeasure(metric: "part_recall", part: name, tolerance: tolerance) {
          $0.isLookedAt(part: part, within: tolerance).map(percent)
        }
      }
  }
}

private func percent(_ isSo: Bool) -> Double { isSo ? 100 : 0 }
