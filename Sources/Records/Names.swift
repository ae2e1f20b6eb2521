/// Names of metrics and units that other parts look for.
public enum Metric {
  /// Accuracy at the last epoch, in percent of `n` images.
  public static let top1 = "top1"
  /// The best accuracy over the epochs, chosen on the test set.
  public static let bestTop1 = "best_top1"
  public static let trainLoss = "train_loss"
  public static let learningRate = "learning_rate"
  public static let percent = "percent"
}

/// Names of the heads, as in the columns `head`.
public enum Head {
  /// The head that predicts; a network of one head has only this one.
  public static let joint = "joint"
  public static let raw = "raw"
  public static let discriminative = "discriminative"
  public static let complementary = "complementary"
}
