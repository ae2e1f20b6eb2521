extension Variant {
  /// Whether the pass over weak peaks would do alone.
  public static let complementaryOnly = Variant(
    "complementary-only", "the image and the complementary branch, joint head on the two", branches: [.complementary])
}
