extension Variant {
  /// The method as published.
  public static let s3n = Variant("s3n", "the method as published, p by the recipe's schedule")
}
