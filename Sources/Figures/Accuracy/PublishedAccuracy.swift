import Records

/// The accuracies that the paper (Ding et al., ICCV 2019) reports for its own recipe: ResNet-50 at 448 x 448 pixels.
enum PublishedAccuracy {
  private static let s3n = ["cub": 88.5, "aircraft": 92.8, "cars": 94.7]

  /// The paper's top-1 accuracy in percent for the same setup; nil if it reports none.
  static func of(_ row: SummaryRow) -> Double? {
    let table = row.table
    // Initial weights are named as an override.
    let isAsPublished = table.overrides.split(separator: " ").allSatisfy {
      $0.hasPrefix("weights=") && $0 != "weights=none"
    }
    guard table.recipe == "paper", isAsPublished, row.variant == "s3n", row.p == nil, row.head == Head.joint else {
      return nil
    }
    return s3n[table.dataset]
  }
}
