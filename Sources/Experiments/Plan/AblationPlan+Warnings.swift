import Models

extension AblationPlan {
  /// Warnings to show the user before the plan runs.
  public var warnings: [String] { smallMapWarnings + idleOverrideWarnings }

  private var smallMapWarnings: [String] {
    let side = recipe.backbone.featureSide(of: recipe.size)
    let looking = cells.map(\.variant).filter(\.looksAtPeaks).map(\.name)
    let names = looking.enumerated().filter { !looking[..<$0.offset].contains($0.element) }.map(\.element)
    // On 2 x 2 cells every cell is in the window of every other, so there is one peak, wherever it is.
    guard side < 3, !names.isEmpty else { return [] }
    let outcome =
      side == 1
      ? "no peak: \(names.joined(separator: ", ")) \(names.count == 1 ? "sees" : "see") the whole image, like identity"
      : "a single peak, which both branches of \(names.joined(separator: ", ")) look at"
    return [
      "Images of \(recipe.size) pixels give attention maps of \(side) x \(side) cells with \(outcome). "
        + "For 3 x 3, use --size \((recipe.size...).first { recipe.backbone.featureSide(of: $0) > 2 } ?? 65) or larger."
    ]
  }

  /// Overrides that no variant uses. They are not errors: the table, whose name includes them, may hold runs of
  /// variants that use them.
  private var idleOverrideWarnings: [String] {
    let heeding: [(key: String, isHeeded: (Variant) -> Bool)] = [
      ("floor", \.usesAttention), ("smoothing", \.usesAttention), ("p-step", { $0.looksAtPeaks && $0.policy == nil }),
    ]
    return heeding.compactMap { key, isHeeded in
      guard let value = recipe.overrides[key], !cells.contains(where: { isHeeded($0.variant) }) else { return nil }
      return "--\(key) \(value) has no effect on these variants, but is part of their table's name."
    }
  }
}

extension Variant {
  fileprivate var usesAttention: Bool { usesRadius || usesRadiusInverse }

  /// Whether its sampled passes look at peaks of a map, or at as many random places.
  fileprivate var looksAtPeaks: Bool {
    guard !branches.isEmpty else { return false }
    return switch sampling(policy ?? .allPeaks, 0) {
    case .peaks, .randomPeaks: true
    default: false
    }
  }
}
