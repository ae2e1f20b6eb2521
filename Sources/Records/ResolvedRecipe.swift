import Files
import Foundation

/// Everything that decides the numbers of a table, but for variant and seed, as it was used: recipe.json.
public struct ResolvedRecipe: Codable, Equatable, Sendable {
  public struct Dataset: Codable, Equatable, Sendable {
    public var name: String
    public var version: String
    /// The names of the selected classes, in the order of their labels.
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
  /// What was set apart from the recipe of that name and version, by key.
  public var overrides: [String: String]
  /// The file that models start from, and the beginning of a hash of its contents; nil for weights drawn by seed.
  public var initialWeights: String?
  /// Every value of the recipe, overrides applied.
  public var values: [String: JSONValue]

  /// What a run of the table is called within it, as the files of its model are: its id without dataset and recipe.
  public func modelName(of runID: String) -> String {
    String(runID.dropFirst("\(dataset.name)-\(recipe)-".count))
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

  /// What runs.csv says of it.
  public var table: TableKey {
    TableKey(
      dataset: dataset.name, datasetVersion: dataset.version, recipe: recipe, recipeVersion: recipeVersion,
      overrides: TableKey.text(ofOverrides: overrides))
  }

  /// A value that is not the same in two recipes; "nothing" where one has no such key.
  public struct Difference: Equatable, Sendable {
    public let key: String
    public let mine: String
    public let others: String
  }

  /// How `other` differs, by the keys of recipe.json, sorted.
  public func differences(to other: ResolvedRecipe) -> [Difference] {
    let (mine, others) = (leaves, other.leaves)
    return Set(mine.keys).union(others.keys).sorted().compactMap { key in
      mine[key] == others[key]
        ? nil : Difference(key: key, mine: mine[key] ?? "nothing", others: others[key] ?? "nothing")
    }
  }

  /// Keys of a file that this program did not write may hold dots: two values may have one path.
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
  /// Writes `recipe` to recipe.json; throws `otherTable` if another one lies there.
  public func record(_ recipe: ResolvedRecipe) throws(RecordsError) {
    let file = RecordsFile.recipe.url(in: folder)
    guard isAccessible(file.givenPath, F_OK) else { return try writeJSON(recipe, to: file) }
    if let difference = try ResolvedRecipe.read(from: file).differences(to: recipe).first {
      throw .otherTable(
        path: folder.path, what: difference.key, existing: difference.mine, wanted: difference.others)
    }
  }
}
