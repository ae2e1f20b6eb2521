extension Variant {
  /// A control of equal cost: what S3N's passes are worth if they go into training the backbone alone.
  public static let baselineLong = Variant(
    "baseline-long", "control: the baseline, trained for as many passes as s3n", branches: [], isWarped: false,
    isTrainedLonger: true)
}
