extension Variant {
  /// Whether the pass over strong peaks would do alone.
  public static let discriminativeOnly = Variant(
    "discriminative-only", "the image and the discriminative branch, joint head on the two", branches: [.discriminative]
  )
}
