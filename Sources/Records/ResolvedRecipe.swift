import Files
import Foundation

/// Every value, as used, that determines a table's numbers, except variant and seed: recipe.json.
public struct ResolvedRecipe: Codable, Equatable, Sendable {
  public struct Dataset: Codable, Equatable, Sendable {
    public var name: String
    public var version: String
    /// The names of the selected classes, in label order.
    public var classes: [String]

    public init(name: String, version: String, classes: [String]) {
      self.name = name
      self.version = version
      self.classes = classes
    }
  }

  public var dataset: Dataset
  /// The recipe's name.
  public var recipe: String
  public var recipeVersion: Int
  /// Values set differently from the recipe of that name and version, by key.
  public var overrides: [String: String]
  /// The file of the initial weights and the start of a hash of its contents; nil for random weights drawn by seed.
  public var initialWeights: String?
  /// Every value of the recipe, overrides applied.
  public var values: [String: JSONValue]

  /// The name of a run within the table, as in its model files: its ID without dataset and recipe.
  public func modelName(of runID: String) -> String {
    let table = "\(dataset.name)-\(recipe)-"
    return runID.hasPrefix(table) ? String(runID.dropFirst(table.count)) : runID
  }

  public init(
    dataset: Dataset, recipe: String, recipeVersion: Int, overrides: [String: String], initialWeights: String?,
    values: [String: JSONValue]
  ) {
    self.dataset = dataset
    self.recipe = recipe
    self.recipeVersion = recipeVersion
    self.overrides = overrides
    self.initialWeights = initialWeights
    self.values = values
  }

  enum CodingKeys: String, CodingKey {
    case dataset, recipe
    case recipeVersion = "recipe_version"
    case overrides
    case initialWeights = "initial_weights"
    case values
  }

  /// The columns of runs.csv that identify the table.
  public var table: TableKey {
    TableKey(
      dataset: dataset.name, datasetVersion: dataset.version, recipe: recipe, recipeVersion: recipeVersion,
      overrides: TableKey.text(ofOverrides: overrides))
  }

  /// A value that differs between two recipes; "nothing" where one lacks the key.
  public struct Difference: Equatable, Sendable {
    public let key: String
    public let mine: String
    public let others: String
  }

  /// The differences to `other`, sorted by the keys of recipe.json.
  public func differences(to other: ResolvedRecipe) -> [Difference] {
    let (mine, others) = (leaves, other.leaves)
    return Set(mine.keys).union(others.keys).sorted().compactMap { key in
      mine[key] == others[key]
        ? nil : Difference(key: key, mine: mine[key] ?? "nothing", others: others[key] ?? "nothing")
    }
  }

  /// Keys of a file from another program may contain dots, so two values may share a path.
  private var leaves: [String: String] {
    Dictionary(settings.map { ($0.path, $0.text) }) { "\($0), \($1)" }
  }

  /// Every single value under its path in recipe.json, such as "values.momentum", sorted.
  public var settings: [(path: String, text: String)] {
    let all: JSONValue = [
      "dataset": [
        "name": .text(dataset.name), "version": .text(dataset.version),
        "classes": .list(dataset.classes.map(JSONValue.text)),
      ],
      "recipe": .text(recipe), "recipe_version": JSONValue(recipeVersion),
      "overrides": .object(overrides.mapValues(JSONValue.text)),
      "initial_weights": initialWeights.map(JSONValue.text) ?? .null, "values": .object(values),
    ]
    return all.leaves(at: "").map { (String($0.path.dropFirst()), $0.text) }
  }

  /// Reads `file`.
  public static func read(from file: URL) throws(RecordsError) -> ResolvedRecipe {
    try readJSON(ResolvedRecipe.self, "a recipe", from: file)
  }
}

extension RunStore {
  /// Writes `recipe` to recipe.json; throws `otherTable` if a different one is there.
  public func record(_ recipe: ResolvedRecipe) throws(RecordsError) {
    let file = RecordsFile.recipe.url(in: folder)
    guard isAccessible(file.givenPath, F_OK) else { return try writeJSON(recipe, to: file) }
    if let difference = try ResolvedRecipe.read(from: file).differences(to: recipe).first {
      throw .otherTable(
        path: folder.path, what: difference.key, existing: difference.mine, wanted: difference.others)
    }
  }
}
