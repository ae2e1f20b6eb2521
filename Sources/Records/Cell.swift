/// What all runs of one table share; runs that differ in it belong in different folders.
public struct TableKey: Hashable, Sendable {
  public var dataset: String
  /// A number for an embedded dataset, a fingerprint for a folder.
  public var datasetVersion: String
  public var recipe: String
  /// Increases with every change to the recipe's own values.
  public var recipeVersion: Int
  /// Values set differently from the recipe, such as "epochs=3 size=160"; empty if there are none.
  public var overrides: String

  public init(dataset: String, datasetVersion: String, recipe: String, recipeVersion: Int, overrides: String = "") {
    self.dataset = dataset
    self.datasetVersion = datasetVersion
    self.recipe = recipe
    self.recipeVersion = recipeVersion
    self.overrides = overrides
  }

  /// Overrides by key as one text: "backbone=resnet18 size=128", sorted.
  public static func text(ofOverrides overrides: [String: String]) -> String {
    overrides.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }

  /// The first value in which `other` differs: its name and both values.
  func difference(to other: TableKey) -> (what: String, mine: String, others: String)? {
    [
      ("dataset", dataset, other.dataset), ("dataset version", datasetVersion, other.datasetVersion),
      ("recipe", recipe, other.recipe), ("recipe version", "\(recipeVersion)", "\(other.recipeVersion)"),
      ("overrides", overrides, other.overrides),
    ].first { $0.1 != $0.2 }
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

extension Cell {
  /// The parameters in which lines of one name may differ, each as text; empty where a network has none.
  static var parameters: [(name: String, value: (Cell) -> String)] {
    [("p", { $0.p.field }), ("radius", { $0.radius.field }), ("radius_inv", { $0.radiusInverse.field })]
  }

  /// The variant's name and the parameters in which lines of the same name differ: "s3n, radius 0.05".
  public func label(among cells: [Cell]) -> String {
    let namesakes = cells.filter { $0.variant == variant }
    let telling = Self.parameters.filter { parameter in
      !parameter.value(self).isEmpty && namesakes.contains { parameter.value($0) != parameter.value(self) }
    }
    return ([variant] + telling.map { "\($0.name) \($0.value(self))" }).joined(separator: ", ")
  }
}

extension RunRow {
  public var cell: Cell {
    Cell(table: table, variant: variant, p: p, radius: radius, radiusInverse: radiusInverse)
  }
}

extension SummaryRow {
  public var cell: Cell {
    Cell(table: table, variant: variant, p: p, radius: radius, radiusInverse: radiusInverse)
  }
}

extension Sequence where Element: Hashable {
  /// The elements without duplicates, in first-seen order.
  package func unique() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
