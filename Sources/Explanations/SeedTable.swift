import Experiments

/// Measurements of one model in each test image; tables that differ only in the seed are also combined.
protocol SeedTable {
  var model: TableModel { get }
}

/// The model that a table describes.
struct TableModel {
  let dataset: String
  let variant: String
  /// What it shares with the same model under other seeds.
  let family: String
  let seed: UInt64
  let recipe: Recipe
  /// The images, by their ids.
  let images: [String]

  init(_ model: TrainedModel, dataset: String, images: [String]) {
    self.init(model.cell, model.recipe, dataset: dataset, images: images)
  }

  init(_ cell: Cell, _ recipe: Recipe, dataset: String, images: [String]) {
    (self.recipe, self.dataset, self.images) = (recipe, dataset, images)
    (variant, family, seed) = (cell.variant.name, cell.family, cell.seed)
  }

  /// Whether the two differ only in their seeds.
  func isOfAnotherSeed(than other: TableModel) -> Bool {
    (dataset, family) == (other.dataset, other.family) && recipe == other.recipe && images == other.images
      && seed != other.seed
  }
}

extension Sequence where Element: SeedTable {
  /// The tables, if they cover several seeds of one model on the same images; else none.
  var ofSeveralSeeds: [Element] {
    let tables = Array(self)
    let pairs = tables.indices.flatMap { first in tables[(first + 1)...].map { (tables[first].model, $0.model) } }
    return !pairs.isEmpty && pairs.allSatisfy { $0.isOfAnotherSeed(than: $1) } ? tables : []
  }
}
