import Foundation

/// A row about trained models.
public protocol ModelRow {
  /// The stem of the checkpoint's name, "s3n-seed0"; for a row over all seeds their common part, "s3n".
  var run: String { get }
  var variant: String { get }
}

/// A row about one trained model, or about all of a family.
public protocol SeedRow: ModelRow {
  /// Nil for a row over all seeds.
  var seed: UInt64? { get }
}

extension ModelRow {
  /// The common name of models that differ only in their seeds; a variant may have several, one for each radius.
  public var family: String {
    guard let seed = run.range(of: "-seed", options: .backwards), run[seed.upperBound...].allSatisfy(\.isNumber) else {
      return run
    }
    return String(run[..<seed.lowerBound])
  }
}

extension Sequence where Element: ModelRow {
  /// The rows of each family, in order of appearance, with its name: that of the variant if it has only one family.
  public var families: [(name: String, rows: [Element])] {
    let grouped = Dictionary(grouping: self, by: \.family)
    let order = map(\.family).unique().compactMap { grouped[$0] }
    return order.map { rows in
      let isAlone = order.count { $0[0].variant == rows[0].variant } == 1
      return (isAlone ? rows[0].variant : rows[0].family, rows)
    }
  }
}

extension Sequence where Element: SeedRow {
  /// The rows of each family over all its seeds, or those of single seeds if there are none.
  public var overSeeds: [Element] {
    let joined = Set(filter { $0.seed == nil }.map(\.family))
    return filter { $0.seed == nil || !joined.contains($0.family) }
  }

  /// The number of seeds.
  public var seedCount: Int { Set(compactMap(\.seed)).count }

  /// For a caption, after what is said of bands over seeds: what they are over for families of one seed, if there are any.
  public var exceptionOfSingleSeeds: String {
    let joined = Set(filter { $0.seed == nil }.map(\.family))
    return contains { !joined.contains($0.family) } ? " (one seed: images)" : ""
  }
}
