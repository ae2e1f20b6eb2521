extension Variant {
  /// Whether the pass over weak peaks would do alone.
  public static let complementaryOnly = Variant(
    "complementary-only", "raw and complementary branch, joint head on both", branches: [.complementary])
}
