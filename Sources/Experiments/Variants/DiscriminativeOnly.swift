extension Variant {
  /// Tests whether the pass over strong peaks is enough alone.
  public static let discriminativeOnly = Variant(
    "discriminative-only", "raw and discriminative branch, joint head on both", branches: [.discriminative]
  )
}
