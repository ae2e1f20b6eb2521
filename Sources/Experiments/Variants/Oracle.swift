extension Variant {
  /// An upper bound, not a method: the gain from looking closer at places that annotations give.
  ///
  /// All peaks have the same strength, so the later policies would make no sense (p = 1 gives the complementary branch
  /// none, p = 2 gives both only the first): p = 0 throughout.
  public static let oracle = Variant(
    "oracle", "upper bound: peaks at the annotated parts, or the box's centre", policy: .allPeaks,
    needsAnnotations: true, sampling: { policy, _ in .annotated(policy) })
}
