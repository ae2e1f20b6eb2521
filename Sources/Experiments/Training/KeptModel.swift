/// A model of a run that can be kept in the folder `checkpoints`.
public enum KeptModel: String, CaseIterable, Sendable {
  /// The model of the first epoch with the best top-1 of the head whose prediction counts: selected on the test images,
  /// as its name says.
  case best
  /// The model of the last epoch.
  case last

  /// The suffix of the file's name, after the run's key.
  var suffix: String { self == .best ? "-best" : "" }
}
