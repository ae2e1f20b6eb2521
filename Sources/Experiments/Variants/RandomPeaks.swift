extension Variant {
  /// Equal-cost control: the gain from looking closer at places without a reason to look there.
  public static let randomPeaks = Variant(
    "random-peaks", "control: as many peaks as S3N has, in other places",
    sampling: { policy, seed in .randomPeaks(policy, seed: seed) })
}
