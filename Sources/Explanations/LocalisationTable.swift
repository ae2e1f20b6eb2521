import Experiments
import Records

/// Where a model looks in all annotated test images, compared with nulls: the rows of localisation.csv.
public struct LocalisationTable: SeedTable {
  public let rows: [LocalisationRow]
  let model: TableModel
  private let columns: [Column]

  /// One measure of a set of peaks and of each null, in each image: one row each.
  struct Column {
    let measure: LocalisationMeasure
    let set: PeakSet
    /// The model's own places, then those of the nulls.
    let places: [(name: String, values: [Double?])]

    func isAlike(_ other: Column) -> Bool {
      (set, measure.metric, measure.part, measure.tolerance)
        == (other.set, other.measure.metric, other.measure.part, other.measure.tolerance)
    }
  }

  public init(_ looks: Looks, of model: TrainedModel, dataset: String) {
    self.init(
      looks, of: TableModel(model, dataset: dataset, images: looks.images.map(\.sample.id)), run: model.fileStem)
  }

  init(_ looks: Looks, of model: TableModel, run: String) {
    self.model = model
    let measured = MeasuredLooks(looks)
    let name = LocalisationRow(run: run, dataset: model.dataset, variant: model.variant, seed: model.seed)
    columns = PeakSet.allCases.filter { set in looks.images.contains { $0.peaks[set] != nil } }.flatMap(
      measured.columns)
    rows = columns.flatMap { Self.rows([$0], named: name) }
  }

  /// The name of the model's own places in the column `places`.
  public static let model = "model"

  /// The rows over all seeds of one model; none unless there are several seeds, measured on the same images.
  public static func rows(overSeeds tables: [LocalisationTable]) -> [LocalisationRow] {
    let tables = tables.ofSeveralSeeds
    guard let model = tables.first?.model else { return [] }
    let name = LocalisationRow(run: model.family, dataset: model.dataset, variant: model.variant, seed: nil)
    return tables[0].columns.flatMap { column in
      // A branch that looks at nothing in any image for one model has no columns there.
      let seeds = tables.compactMap { $0.columns.first(where: column.isAlike) }
      return seeds.count == tables.count ? rows(seeds, named: name) : []
    }
  }

  /// The rows of one measure, from its values with one or several seeds.
  private static func rows(_ seeds: [Column], named name: LocalisationRow) -> [LocalisationRow] {
    let own = seeds.map { $0.places[0].values }
    return seeds[0].places.indices.map { index in
      var row = name
      let (measure, values) = (seeds[0].measure, seeds.map { $0.places[index].values })
      (row.peaks, row.places) = (seeds[0].set.rawValue, seeds[0].places[index].name)
      (row.metric, row.part, row.tolerance, row.unit) = (measure.metric, measure.part, measure.tolerance, measure.unit)
      let known = Self.known(values)
      row.images = known[0].count
      if let mean = MeanOverImages(overSeeds: known) {
        let interval = mean.interval.clamped(to: measure.range)
        (row.value, row.low95, row.high95) = (mean.mean, interval.lowerBound, interval.upperBound)
      }
      let advantages = zip(own, values).map { own, null in
        zip(own, null).map { mine, null in mine.flatMap { mine in null.map { mine - $0 } } }
      }
      if index > 0, let advantage = MeanOverImages(overSeeds: Self.known(advantages)) {
        (row.advantage, row.advantageLow95, row.advantageHigh95) = (
          advantage.mean, advantage.interval.lowerBound, advantage.interval.upperBound
        )
      }
      return row
    }
  }

  /// The values of each seed for the images in which all seeds have one.
  private static func known(_ table: [[Double?]]) -> [[Double]] {
    let images = table[0].indices.filter { image in table.allSatisfy { $0[image] != nil } }
    return table.map { row in images.compactMap { row[$0] } }
  }
}
