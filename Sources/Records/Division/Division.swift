/// An ablation in which a separate process makes each run, as recorded in cells.json.
public struct Division: Codable, Equatable, Sendable {
  /// One run, whose folder is named by its key.
  public struct Cell: Codable, Equatable, Sendable {
    /// Identifies the run within the table.
    public var key: String
    public var runID: String
    /// The arguments that select the run among the command's runs.
    public var arguments: [String]

    public init(key: String, runID: String, arguments: [String]) {
      (self.key, self.runID, self.arguments) = (key, runID, arguments)
    }

    enum CodingKeys: String, CodingKey {
      case key, arguments
      case runID = "run_id"
    }
  }

  /// Distinguishes its jobs from all others: 64 random bits.
  public private(set) var id: String
  /// The commit of the program that makes the runs.
  public private(set) var commit: RunEnvironment.Commit?
  /// The SHA-256 of the program's file; nil in lists of earlier versions.
  public private(set) var program: String?
  public private(set) var recipe: ResolvedRecipe
  /// The configuration of the whole ablation, for config.yml.
  public private(set) var configuration: String
  /// The cells in table order.
  public private(set) var cells: [Cell]

  /// Creates a new division for this program.
  public init(_ cells: [Cell], recipe: ResolvedRecipe, configuration: String) {
    id = String(UInt64.random(in: .min ... .max), radix: 16)
    (commit, program) = (.current, try? programChecksum())
    (self.cells, self.recipe, self.configuration) = (cells, recipe, configuration)
  }

  /// Whether one program makes the runs of both: the same file, or of one commit.
  func hasProgram(of other: Division) -> Bool {
    commit == other.commit || program != nil && program == other.program
  }

  /// This division plus the cells of `other` that it lacks, with the configuration of `other`.
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
