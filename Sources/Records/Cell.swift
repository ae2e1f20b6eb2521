/// What all runs of one table share; runs that differ in it belong to different folders.
public struct TableKey: Hashable, Sendable {
  public var dataset: String
  public var recipe: String
  /// What was set apart from the recipe, such as "epochs=3 size=160"; empty if nothing.
  public var overrides: String

  public init(dataset: String, recipe: String, overrides: String = "") {
    self.dataset = dataset
    self.recipe = recipe
    self.overrides = overrides
  }
}

/// One line of a table: what is run, once for each seed.
public struct Cell: Hashable, Sendable {
  public var table: TableKey
  public var variant: String
  public var p: String?
  public var radius: Double?
  public var radiusInverse: Double?
}

extension RunRow {
  public var table: TableKey { TableKey(dataset: dataset, recipe: recipe, overrides: overrides) }
  public var cell: Cell {
    Cell(table: table, variant: variant, p: p, radius: radius, radiusInverse: radiusInverse)
  }
}

extension SummaryRow {
  public var table: TableKey { TableKey(dataset: dataset, recipe: recipe, overrides: overrides) }
  public var cell: Cell {
    Cell(table: table, variant: variant, p: p, radius: radius, radiusInverse: radiusInverse)
  }
}

extension Sequence where Element: Hashable {
  /// The elements without repetitions, in first-seen order.
  package func unique() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
