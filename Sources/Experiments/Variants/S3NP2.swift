extension Variant {
  /// S3N without its schedule: the highest peak goes to one branch, the lowest to the other.
  public static let s3nP2 = Variant(
    "s3n-p2", "p = 2 throughout: the highest peak to one, the lowest to the other",
    policy: .extremes)
}
