extension Variant {
  /// Whether the pass over strong peaks would do alone.
  public static let discriminativeOnly = Variant(
    "discriminative-only", "raw and discriminative branch, joint head on both", branches: [.discriminative]
  )
}
