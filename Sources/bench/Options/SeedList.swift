import ArgumentParser

/// Seeds in one argument: a count (`3` is 0, 1, 2), or a list of seeds and ranges (`4-7`, `1,5`).
struct SeedList: ExpressibleByArgument {
  let seeds: [UInt64]

  init(_ seeds: [UInt64]) { self.seeds = seeds }

  var defaultValueDescription: String { seeds.map(String.init).joined(separator: ",") }

  /// The maximum number of seeds in a table.
  static let most = 1000

  init?(argument: String) {
    guard let seeds = Self.seeds(argument.replacing(" ", with: "")) else { return nil }
    self.init(seeds)
  }

  private static func seeds(_ argument: String) -> [UInt64]? {
    if let count = Int(argument) {
      return (1...most).contains(count) ? Array(0..<UInt64(count)) : nil
    }
    return list(argument)
  }

  /// Parses a list of numbers and ranges; nil if malformed or too long.
  static func list(_ argument: String) -> [UInt64]? {
    var seeds: [UInt64] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
        last - first < UInt64(most - seeds.count)
      else { return nil }
      seeds += first...last
    }
    return seeds
  }
}
