extension Variant {
  /// A control of equal cost: what three passes and their losses are worth without looking closer.
  public static let identity = Variant(
    "identity", "control: both branches see the image as it is", isWarped: false, sampling: { _, _ in .identity })
}
