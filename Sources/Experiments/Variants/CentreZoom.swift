extension Variant {
  /// A control of equal cost: what looking closer is worth where the photographer looked.
  public static let centreZoom = Variant(
    "centre-zoom", "control: one peak in the middle of the image", sampling: { _, _ in .centreZoom })
}
