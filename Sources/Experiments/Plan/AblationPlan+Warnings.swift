import Models

extension AblationPlan {
  /// What a user should know of the plan before it runs.
  public var warnings: [String] {
    let side = recipe.backbone.featureSide(size: recipe.size)
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
        + "From --size 65 on there are 3 x 3."
    ]
  }
}

extension Variant {
  /// Whether its sampled passes look where peaks of a map are, or at as many random places.
  fileprivate var looksAtPeaks: Bool {
    guard !branches.isEmpty else { return false }
    return switch sampling(policy ?? .allPeaks, 0) {
    case .peaks, .randomPeaks: true
    default: false
    }
  }
}

extension ResNetConfiguration {
  /// The cells along a side of the last features of images of `size` pixels: halved five times, rounded up.
  func featureSide(size: Int) -> Int { (0..<5).reduce(size) { side, _ in (side + 1) / 2 } }
}
