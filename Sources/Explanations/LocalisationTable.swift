import Experiments
import Records

/// Where a model looks, measured over all annotated test images, and held against nulls: the rows of localisation.csv.
public struct LocalisationTable {
  private let looks: Looks
  private let measures: [LocalisationMeasure]
  private let name: LocalisationRow

  public init(_ looks: Looks, of model: TrainedModel, dataset: String) {
    self.init(
      looks,
      named: LocalisationRow(
        run: model.fileStem, dataset: dataset, variant: model.cell.variant.name, seed: model.cell.seed))
  }

  init(_ looks: Looks, named name: LocalisationRow) {
    self.looks = looks
    self.name = name
    measures = LocalisationMeasure.all(partNames: looks.partNames)
  }

  /// What the model's own places are called in the column `places`.
  public static let model = "model"

  public var rows: [LocalisationRow] {
    PeakSet.allCases.filter { set in looks.images.contains { $0.peaks[set] != nil } }.flatMap(rows)
  }

  private func rows(_ set: PeakSet) -> [LocalisationRow] {
    let own = looks.images.map { image in
      values(Localisation(image.places(set, on: looks.grid), image.annotation, looks.grid))
    }
    let nulls = NullPlaces.allCases.map { null in (null, looks.images.map { mean(of: null, set, $0) }) }
    return measures.indices.flatMap { index in
      [row(index, set, Self.model, own.map { $0[index] })]
        + nulls.map { null, values in
          row(index, set, null.rawValue, values.map { $0[index] }, own: own.map { $0[index] })
        }
    }
  }

  private func values(_ localisation: Localisation) -> [Double?] { measures.map { $0.value(localisation) } }

  /// What a null comes to in an image, over all its draws; nil where it has no places.
  private func mean(of null: NullPlaces, _ set: PeakSet, _ image: LookedAt) -> [Double?] {
    // The middle is the same each time.
    let draws = (0..<(null == .centre ? 1 : NullPlaces.draws)).compactMap { draw in
      null.places(for: image, set, among: looks, draw: draw).map {
        values(Localisation($0, image.annotation, looks.grid))
      }
    }
    return measures.indices.map { index in
      let known = draws.compactMap { $0[index] }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }

  private func row(
    _ index: Int, _ set: PeakSet, _ places: String, _ values: [Double?], own: [Double?]? = nil
  ) -> LocalisationRow {
    let (measure, known) = (measures[index], values.compactMap { $0 })
    var row = name
    (row.peaks, row.places) = (set.rawValue, places)
    (row.metric, row.part, row.tolerance, row.unit) = (measure.metric, measure.part, measure.tolerance, measure.unit)
    row.images = known.count
    if let mean = MeanOverImages(known) {
      (row.value, row.low95, row.high95) = (mean.mean, mean.interval.lowerBound, mean.interval.upperBound)
    }
    let pairs = zip(own ?? [], values).compactMap { mine, null in mine.flatMap { mine in null.map { mine - $0 } } }
    if let advantage = MeanOverImages(pairs) {
      (row.advantage, row.advantageLow95, row.advantageHigh95) = (
        advantage.mean, advantage.interval.lowerBound, advantage.interval.upperBound
      )
    }
    return row
  }
}
