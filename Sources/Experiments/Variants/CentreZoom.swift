extension Variant {
  /// Equal-cost control: the gain from looking closer where the photographer looked.
  public static let centreZoom = Variant(
    "centre-zoom", "control: one peak in the middle of the image", sampling: { _, _ in .centreZoom })
}
