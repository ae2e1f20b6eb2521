/// Requirements on class names from any source, so that they fit in table rows.
enum ClassNames {
  /// The names, if there are any, all unique and without control characters; throws `invalidAnnotation`.
  static func checked(_ names: [String], in file: String) throws(DatasetError) -> [String] {
    func damage(_ found: String) -> DatasetError {
      .invalidAnnotation(
        file: file, line: 0, expected: "class names, each once, without line breaks or other control characters",
        found: found)
    }
    guard !names.isEmpty else { throw damage("none") }
    var seen: Set<String> = []
    for (index, name) in names.enumerated() {
      guard !name.isEmpty else { throw damage("an empty one, that of class \(index + 1)") }
      guard !name.unicodeScalars.contains(where: { $0.isControl || $0 == "\u{FEFF}" }) else {
        throw damage("\"\(name)\" for class \(index + 1)")
      }
      guard seen.insert(name).inserted else { throw damage("\"\(name)\" twice") }
    }
    return names
  }
}
