/// An ablation each run of which is made by a process of its own: what cells.json says of it.
public struct Division: Codable, Equatable, Sendable {
  /// One run, whose folder bears its key.
  public struct Cell: Codable, Equatable, Sendable {
    /// What tells it from the other runs of the table.
    public var key: String
    public var runID: String
    /// The arguments that choose it among the command's runs.
    public var arguments: [String]

    public init(key: String, runID: String, arguments: [String]) {
      (self.key, self.runID, self.arguments) = (key, runID, arguments)
    }

    enum CodingKeys: String, CodingKey {
      case key, arguments
      case runID = "run_id"
    }
  }

  /// What tells its jobs from all others: 64 random bits.
  public private(set) var id: String
  /// That of the program that makes the runs.
  public private(set) var commit: RunEnvironment.Commit?
  public private(set) var recipe: ResolvedRecipe
  /// The configuration of all of it, for config.yml.
  public private(set) var configuration: String
  /// In the order of the table.
  public private(set) var cells: [Cell]

  /// A new one, by this program.
  public init(_ cells: [Cell], recipe: ResolvedRecipe, configuration: String) {
    id = String(UInt64.random(in: .min ... .max), radix: 16)
    commit = .current
    (self.cells, self.recipe, self.configuration) = (cells, recipe, configuration)
  }

  /// The same with the cells of `other` that it lacks, and the configuration of `other`.
  func joined(by other: Division) -> Division {
    var joined = self
    let keys = Set(cells.map(\.key))
    joined.cells += other.cells.filter { !keys.contains($0.key) }
    joined.configuration = other.configuration
    return joined
  }
}

extension RunEnvironment.Commit {
  /// For messages: the hash, and whether the sources differed from it.
  static func text(_ commit: Self?) -> String {
    commit.map { "commit \($0.hash.prefix(10))" + ($0.dirty ? " with changes" : "") } ?? "no known commit"
  }
}
