/// A row about one trained model, or about all of a variant that differ in their seeds alone.
public protocol SeedRow {
  var variant: String { get }
  /// Nil for a row over all seeds.
  var seed: UInt64? { get }
}

extension Sequence where Element: SeedRow {
  /// Of each variant the rows over all its seeds; where there are none, those of its seeds.
  public var overSeeds: [Element] {
    let joined = Set(filter { $0.seed == nil }.map(\.variant))
    return filter { $0.seed == nil || !joined.contains($0.variant) }
  }

  /// How many seeds there are.
  public var seedCount: Int { Set(compactMap(\.seed)).count }
}
