extension Variant {
  /// Equal-cost control: the gain from three passes and their losses without looking closer.
  public static let identity = Variant(
    "identity", "control: both branches see the image as it is", isWarped: false, sampling: { _, _ in .identity })
}
