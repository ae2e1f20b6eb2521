extension Variant {
  /// S3N without its schedule: every peak goes to both branches.
  public static let s3nP0 = Variant(
    "s3n-p0", "p = 0 throughout: every peak to both branches", policy: .allPeaks)
}
