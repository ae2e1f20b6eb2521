extension Variant {
  /// An upper bound and no method: what looking closer is worth where somebody says what to look at.
  ///
  /// All peaks have the same strength, of which the later policies would make nothing sensible (p = 1 gives the
  /// complementary branch none, p = 2 gives both the first alone): p = 0 throughout.
  public static let oracle = Variant(
    "oracle", "upper bound: peaks at the annotated parts, or the box's centre", policy: .allPeaks,
    needsAnnotations: true, sampling: { policy, _ in .annotated(policy) })
}
