extension Variant {
  /// The reference for S3N.
  public static let baseline = Variant(
    "baseline", "the backbone with one linear head", branches: [], isWarped: false)
}
