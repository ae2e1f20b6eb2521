import Records

/// The runs of an ablation: variants x radii x seeds on one dataset under one recipe.
public struct AblationPlan: Sendable {
  public let dataset: String
  public let recipe: Recipe
  /// In execution order: every variant under the first seed before the second seed begins.
  public let cells: [Cell]

  /// A plan without duplicates; throws `invalidValue` for unused or invalid radii, no seeds or no variants.
  public init(
    dataset: String, recipe: Recipe, variants: [Variant], radii: [Double] = [], inverseRadii: [Double] = [],
    seeds: [UInt64] = [0]
  ) throws(ExperimentError) {
    for (option, values, hasUse) in [
      ("--radius", radii, variants.contains(where: \.usesRadius)),
      ("--radius-inv", inverseRadii, variants.contains(where: \.usesRadiusInverse)),
    ] {
      if let value = values.first, !hasUse, !variants.isEmpty {
        let names = variants.map(\.name).joined(separator: ", ")
        throw .invalidValue(option: option, value: "\(value)", expected: "no value, as no such radius is in \(names)")
      }
      for value in values where !(value >= 0.001 && value <= 10) {
        throw .invalidValue(
          option: option, value: "\(value)", expected: "a radius from 0.001 to 10, in widths of the map")
      }
    }
    guard !seeds.isEmpty else { throw .invalidValue(option: "--seeds", value: "", expected: "at least one seed") }
    guard !variants.isEmpty else {
      throw .invalidValue(option: "--variants", value: "", expected: "at least one variant")
    }
    self.dataset = dataset
    self.recipe = recipe
    var cells: [Cell] = []
    var keys: Set<String> = []
    for seed in seeds {
      for variant in variants {
        for radius in radii.isEmpty ? [Cell.defaultRadius] : radii {
          for inverse in inverseRadii.isEmpty ? [Cell.defaultRadiusInverse] : inverseRadii {
            let cell = Cell(variant, radius: radius, radiusInverse: inverse, seed: seed)
            if keys.insert(cell.key).inserted { cells.append(cell) }
          }
        }
      }
    }
    self.cells = cells
  }

  /// The run's id in result files: dataset, recipe and the cell's key.
  public func runID(_ cell: Cell) -> String { "\(dataset)-\(recipe.name)-\(cell.key)" }
}
