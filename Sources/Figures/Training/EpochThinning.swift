/// Which epochs are drawn where there are more than can be seen.
struct EpochThinning {
  /// The most epochs that are drawn of one line: more would not be seen.
  static let most = 300

  /// The last epoch of all; 0 without any.
  let last: Int
  /// Every how manieth epoch is drawn; the last of all is, too.
  let step: Int

  init(last: Int) {
    self.last = last
    step = (max(last, 1) - 1) / Self.most + 1
  }

  // A damaged file may hold any number.
  func keeps(_ epoch: Int) -> Bool { epoch == last || (epoch &- 1) % step == 0 }

  /// A sentence for a caption; empty if all are drawn.
  var caption: String { step > 1 ? "Every \(step)th epoch is drawn. " : "" }
}
