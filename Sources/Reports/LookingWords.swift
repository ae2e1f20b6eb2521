import Records
import Statistics

/// The findings about where models look, as sentences, each naming the rows that it is based on.
///
/// Claims nothing if the 95 % interval, or that of any seed, contains zero, nor, for interventions, if Holm's
/// correction makes it insignificant.
enum LookingWords {
  /// From rows of localisation.csv: where the peaks lie, compared with the null placements.
  static func localisation(_ rows: [LocalisationRow]) -> [String] {
    let measures: [(metric: String, tolerance: Double?, words: (String) -> String)] = [
      ("points_at_box", nil, { "the strongest peak hits the box in \($0) of the images" }),
      ("inside_box", nil, { "\($0) of the peaks lie in the box" }),
      ("points_at_part", nil, { "the strongest peak hits a part in \($0) of the images" }),
      ("part_recall", 0.1, { "\($0) of the parts have a peak within a tenth of the box" }),
    ]
    let all = rows.overSeeds.filter { $0.peaks == "all" && $0.part == nil }
    return told(all).flatMap { name, rows in
      measures.compactMap { measure -> String? in
        let mine = rows.filter {
          $0.metric == measure.metric && (measure.tolerance == nil || $0.tolerance == measure.tolerance)
        }
        let ofModel = mine.filter { $0.places == "model" }
        guard let own = LookingFinding(ofModel, images: \.images, finding: { ($0.value, $0.low95, $0.high95) })
        else { return nil }
        let nulls = mine.map(\.places).unique().filter { $0 != "model" }.compactMap { places in
          LookingFinding(mine.filter { $0.places == places }, images: \.images) {
            ($0.advantage, $0.advantageLow95, $0.advantageHigh95)
          }.map { (name: nullNames[places] ?? places, finding: $0) }
        }
        let against = sentence(
          nulls, rising: "more than", falling: "less than", open: "no difference shown from")
        return "\(name): \(measure.words(own.percent))\(against.isEmpty ? "" : ", \(against)"). "
          + "(localisation.csv: \(measure.metric), peaks all)"
      }
    }
  }

  /// The families to report: S3N's and the baseline's, as controls look where they are told to; all if neither exists.
  private static func told<Row: ModelRow>(_ rows: [Row]) -> [(name: String, rows: [Row])] {
    let all = rows.families
    let main = all.filter { ["s3n", "baseline"].contains($0.rows[0].variant) }
    return main.isEmpty ? all : main
  }

  private static let nullNames = [
    "random": "as many random places", "centre": "the middle",
    "class mates": "the peaks of other images of the class",
  ]

  /// From rows of interventions.csv: what the predicting head loses or gains when it is made to look elsewhere.
  static func interventions(_ rows: [InterventionRow]) -> [String] {
    let joint = rows.overSeeds.filter { $0.head == Head.joint }
    return told(joint).compactMap { name, rows in
      let mine = rows.filter { $0.change != nil }
      let changes = mine.map(\.intervention).unique().compactMap { name in
        let ofName = mine.filter { $0.intervention == name }
        let outlasts = ofName.allSatisfy { ($0.adjustedPValue ?? 1) <= 0.05 }
        return LookingFinding(ofName, images: \.images) { ($0.change, $0.low95, $0.high95) }.map {
          (name: name, finding: $0, isShown: outlasts && ($0.rises || $0.falls))
        }
      }
      guard !changes.isEmpty else { return nil }
      let shown = sentence(
        changes.filter(\.isShown).map { ($0.name, $0.finding) }, rising: "it gains with", falling: "it loses with",
        open: "")
      let open = changes.filter { !$0.isShown }.map { "\($0.name) (\($0.finding.signed))" }
      return "\(name), made to look elsewhere without training again, in points of top-1: "
        + [shown, open.isEmpty ? "" : "no change shown with \(open.joined(separator: ", "))"]
        .filter { !$0.isEmpty }.joined(separator: "; ")
        + ". (interventions.csv: joint head, Holm's correction for \(counted(changes.count, "intervention")))"
    }
  }

  /// From rows of counterfactuals.csv: whether answers follow the marks, and whether attention matters.
  static func counterfactuals(_ rows: [CounterfactualRow]) -> [String] {
    told(rows).flatMap { name, rows -> [String] in
      let mine = rows.filter { $0.head == rows[0].head && !$0.flipped.contains("+") }
      let marks = mine.map(\.flipped).unique()
      let turned = marks.compactMap { mark -> String? in
        LookingFinding(mine.filter { $0.flipped == mark }, images: \.images) { ($0.turned, $0.low95, $0.high95) }
          .map { "the \(mark) \($0.percent)" }
      }
      guard !turned.isEmpty else { return [] }
      let answers =
        "\(name): of the images that are named right, the answer turns with one mark painted otherwise: "
        + "\(turned.joined(separator: ", ")). (counterfactuals.csv: \(rows[0].head) head)"
      let attention = marks.compactMap { mark -> (name: String, finding: LookingFinding)? in
        LookingFinding(mine.filter { $0.flipped == mark }, images: \.images, finding: \.attentionEffect)
          .map { (name: mark, finding: $0) }
      }
      guard !attention.isEmpty else { return [answers] }
      return [
        answers,
        "\(name): where its attention was at the mark, the answer turns "
          + sentence(
            attention, rising: "more often, in points, of", falling: "less often, in points, of",
            open: "as often as far as is shown, in points, of")
          + ". (counterfactuals.csv, 95 % by Newcombe's method)",
      ]
    }
  }
}

extension CounterfactualRow {
  /// How many points more answers change where attention was at the mark than elsewhere, with the interval.
  fileprivate var attentionEffect: (value: Double?, low: Double?, high: Double?) {
    guard let there = turnedAttended, let elsewhere = turnedUnattended,
      let interval = newcombeInterval((there / 100, attendedImages), (elsewhere / 100, unattendedImages))
    else { return (nil, nil, nil) }
    return (there - elsewhere, 100 * interval.lowerBound, 100 * interval.upperBound)
  }
}
