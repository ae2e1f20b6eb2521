/// The images of a test set in order, with their labels.
struct TestImages: Equatable {
  var names: [String] = []
  var labels: [String] = []

  /// The first difference in images or labels from `other`; nil if there is none.
  func difference(from other: TestImages) -> String? {
    guard names.count == other.names.count else { return "\(other.names.count) and \(names.count) of them" }
    for index in names.indices {
      if names[index] != other.names[index] { return "\(other.names[index]) and \(names[index])" }
      if labels[index] != other.labels[index] {
        return "\(names[index]) as \(other.labels[index]) and as \(labels[index])"
      }
    }
    return nil
  }
}
