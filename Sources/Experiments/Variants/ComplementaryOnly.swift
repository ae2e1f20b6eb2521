extension Variant {
  /// Tests whether the pass over weak peaks is enough alone.
  public static let complementaryOnly = Variant(
    "complementary-only", "raw and complementary branch, joint head on both", branches: [.complementary])
}
