import Models

extension AblationPlan {
  /// What a user should know of the plan before it runs.
  public var warnings: [String] { smallMapWarnings + idleOverrideWarnings }

  private var smallMapWarnings: [String] {
    let side = recipe.backbone.featureSide(of: recipe.size)
    let looking = cells.map(\.variant).filter(\.looksAtPeaks).map(\.name)
    let names = looking.enumerated().filter { !looking[..<$0.offset].contains($0.element) }.map(\.element)
    // On 2 x 2 cells each is in the window of every other: there is one peak, wherever it is.
    guard side < 3, !names.isEmpty else { return [] }
    let outcome =
      side == 1
      ? "no peak, so that \(names.joined(separator: ", ")) \(names.count == 1 ? "sees" : "see") the image as it is, like identity"
      : "a single peak, which both branches of \(names.joined(separator: ", ")) look at"
    return [
      "Images of \(recipe.size) pixels make attention maps of \(side) x \(side) cells with \(outcome). "
        + "From --size \((recipe.size...).first { recipe.backbone.featureSide(of: $0) > 2 } ?? 65) on there are 3 x 3."
    ]
  }

  /// Overrides that none of the variants heeds. They are no error: runs of others may be in the table, whose name they are part
  /// of.
  private var idleOverrideWarnings: [String] {
    let heeding: [(key: String, isHeeded: (Variant) -> Bool)] = [
      ("floor", \.usesAttention), ("smoothing", \.usesAttention), ("p-step", { $0.looksAtPeaks && $0.policy == nil }),
    ]
    return heeding.compactMap { key, isHeeded in
      guard let value = recipe.overrides[key], !cells.contains(where: { isHeeded($0.variant) }) else { return nil }
      return "--\(key) \(value) changes nothing in these variants, and is part of their table's name."
    }
  }
}

extension Variant {
  fileprivate var usesAttention: Bool { usesRadius || usesRadiusInverse }

  /// Whether its sampled passes look where peaks of a map are, or at as many random places.
  fileprivate var looksAtPeaks: Bool {
    guard !branches.isEmpty else { return false }
    return switch sampling(policy ?? .allPeaks, 0) {
    case .peaks, .randomPeaks: true
    default: false
    }
  }
}
