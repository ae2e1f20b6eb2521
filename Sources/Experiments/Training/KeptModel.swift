/// A model of a run that is kept in the folder `checkpoints`.
public enum KeptModel: String, CaseIterable, Sendable {
  /// That of the first of the epochs with the best top-1, of the head whose prediction counts, on the test images: chosen by
  /// them, and named so.
  case best
  /// That of the last epoch.
  case last

  /// What stands behind the run's key in the file's name.
  var suffix: String { self == .best ? "-best" : "" }
}
