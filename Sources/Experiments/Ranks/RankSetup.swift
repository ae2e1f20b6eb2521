import Collectives
import Foundation
import Records

/// What the ranks of one training must have in common, because their results are added up.
public struct RankSetup: Codable, Equatable, Sendable {
  struct Item: Codable, Equatable {
    let what: String
    let value: String
    /// Shown to users instead of `value`.
    var text: String?
  }
  let host: String
  let items: [Item]

  static let instructionSet = "instruction set"

  /// A value and the ranks that have it.
  public struct Found: Equatable, Sendable {
    public let value: String
    public let ranks: [Int]
    /// The machines that the ranks run on.
    public let hosts: [String]

    var places: String {
      "\(ranks.count == 1 ? "rank" : "ranks") \(ranks.map(String.init).joined(separator: ", "))"
        + " (\(hosts.joined(separator: ", ")))"
    }
  }

  /// The setup of this process for an ablation; throws if the program file cannot be read.
  public init(of ablation: Ablation, host: String) throws {
    let environment = RunEnvironment.current()
    self.init(
      of: ablation, host: host, program: try programChecksum(), commit: environment.commit?.hash,
      instructionSet: environment.instructionSet, libraries: environment.libraries)
  }

  init(
    of ablation: Ablation, host: String, program: String, commit: String?, instructionSet: String,
    libraries: [String: String]
  ) {
    var recipe = ablation.resolvedRecipe
    // Only rank 0 reads initial weights.
    recipe.overrides["weights"] = nil
    recipe.initialWeights = nil
    self.host = host
    items =
      [
        // A checksum, because a node without git cannot name the commit.
        Item(
          what: "program", value: program,
          text: "a bench of commit \(commit?.prefix(12) ?? "unknown"), SHA-256 \(program.prefix(12))"),
        Item(what: Self.instructionSet, value: instructionSet),
      ]
      + libraries.sorted { $0.key < $1.key }.map { Item(what: $0.key, value: $0.value) }
      + [Item(what: "runs", value: ablation.plan.cells.map(\.key).joined(separator: " "))]
      + recipe.settings.map { Item(what: $0.path, value: $0.text) }
  }

  /// Throws `ranksDiffer` on all ranks if they were started differently.
  public func requireAgreement(on ranks: any Communicator) throws {
    let gathered = try ranks.gatherBytes(Array(JSONEncoder().encode(self)))
    try Self.requireAgreement(of: gathered.map { try JSONDecoder().decode(RankSetup.self, from: Data($0)) })
  }

  static func requireAgreement(of setups: [RankSetup]) throws(ExperimentError) {
    for what in setups.flatMap(\.items).map(\.what) {
      let items = setups.map { setup in setup.items.first { $0.what == what } }
      let ranksByValue = Dictionary(grouping: items.indices) { items[$0]?.value }
      guard ranksByValue.count > 1 else { continue }
      let found = ranksByValue.values.sorted { $0[0] < $1[0] }.map { ranks in
        let item = items[ranks[0]]
        return Found(
          value: String((item?.text ?? item?.value ?? "nothing").prefix(100)), ranks: ranks,
          hosts: Set(ranks.map { setups[$0].host }).sorted())
      }
      throw .ranksDiffer(what: what, found: found)
    }
  }
}
