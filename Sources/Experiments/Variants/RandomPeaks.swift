extension Variant {
  /// A control of equal cost: what looking closer is worth where there is no reason to look.
  public static let randomPeaks = Variant(
    "random-peaks", "control: as many peaks as S3N has, in other places",
    sampling: { policy, seed in .randomPeaks(policy, seed: seed) })
}
