/// Names of metrics and units that other parts look for.
public enum Metric {
  /// Accuracy at the last epoch, in percent of `n` images.
  public static let top1 = "top1"
  /// The images whose label is among the five largest logits, in percent; only with at least six classes.
  public static let top5 = "top5"
  /// The mean over classes of the accuracy on each one's images, in percent.
  public static let meanClassAccuracy = "mean_class_accuracy"
  /// The best accuracy over the epochs, chosen on the test set.
  public static let bestTop1 = "best_top1"
  /// The epoch of `bestTop1`, from 1.
  public static let bestEpoch = "best_epoch"
  /// The images for which a head predicts the same as the predicting head, in percent.
  public static let agreement = "agreement"
  /// Accuracy on the training images as they were trained on.
  public static let trainTop1 = "train_top1"
  public static let trainLoss = "train_loss"
  /// Mean cross entropy on the test images, without label smoothing.
  public static let testLoss = "test_loss"
  public static let learningRate = "learning_rate"
  public static let percent = "percent"
}

/// Names of the heads, as in the columns `head`.
public enum Head {
  /// The head that predicts; a network with one head has only this one.
  public static let joint = "joint"
  public static let raw = "raw"
  public static let discriminative = "discriminative"
  public static let complementary = "complementary"
}
