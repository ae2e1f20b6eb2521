extension Variant {
  /// What S3N is measured against.
  public static let baseline = Variant(
    "baseline", "the backbone with one linear head", branches: [], isWarped: false)
}
