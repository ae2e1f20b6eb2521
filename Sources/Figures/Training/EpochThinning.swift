/// Selects the epochs to draw when there are too many to see.
struct EpochThinning {
  /// The most epochs drawn per line: more would not be visible.
  static let most = 300

  /// The last epoch overall; 0 without any.
  let last: Int
  /// Every `step`-th epoch is drawn, and the last one overall.
  let step: Int

  init(last: Int) {
    self.last = last
    step = (max(last, 1) - 1) / Self.most + 1
  }

  // A damaged file may hold any number.
  func keeps(_ epoch: Int) -> Bool { epoch == last || (epoch &- 1) % step == 0 }

  /// A sentence for a caption; empty if all are drawn.
  var caption: String { step > 1 ? "One epoch in \(step) is drawn. " : "" }
}
