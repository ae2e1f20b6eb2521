extension CUBAnnotations {
  /// Reads and counts all available annotations in one line, which names missing files; throws if a file is invalid.
  public func summary() throws(DatasetError) -> String {
    var counts: [String] = []
    if let boxes = try boxes() { counts.append("\(boxes.count) boxes") }
    if let names = try partNames() { counts.append("\(names.count) parts") }
    if let parts = try parts() {
      let seen = parts.reduce(0) { $0 + $1.count { $0 != nil } }
      counts.append("\(seen) centres of parts to be seen")
    }
    if let clicks = try clicks() { counts.append("\(clicks.count) clicks") }
    if let names = try attributeNames() { counts.append("\(names.count) attributes") }
    if let names = try certaintyNames() { counts.append("\(names.count) certainties") }
    if let labels = try attributeLabels() {
      counts.append("\(labels.count) labels of attributes (\(labels.count { $0.isPresent }) present)")
    }
    if let classes = try classAttributes() { counts.append("attributes of \(classes.count) classes") }
    let absent = File.allCases.filter { path(of: $0) == nil }.map(\.rawValue)
    return (counts.isEmpty ? "none" : counts.joined(separator: ", "))
      + (absent.isEmpty ? "" : "; not there: " + absent.joined(separator: ", "))
  }
}
