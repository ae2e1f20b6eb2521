extension Variant {
  /// Equal-cost control: the gain if S3N's passes go into training the backbone alone.
  public static let baselineLong = Variant(
    "baseline-long", "control: the baseline, trained for as many passes as s3n", branches: [], isWarped: false,
    isTrainedLonger: true)
}
