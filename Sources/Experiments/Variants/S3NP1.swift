extension Variant {
  /// S3N without its schedule: each peak is randomly assigned to one branch.
  public static let s3nP1 = Variant(
    "s3n-p1", "p = 1 throughout: each peak drawn to one branch", policy: .stochasticSplit)
}
