/// The name that `typed` was most likely meant to be: the one with the fewest edits; nil if none is close.
public func nearestName(to typed: String, among names: [String]) -> String? {
  let best = names.map { (name: $0, edits: editDistance(typed.lowercased(), $0.lowercased())) }
    .min { $0.edits < $1.edits }
  guard let best, best.edits <= max(2, best.name.count / 3) else { return nil }
  return best.name
}

/// Levenshtein's distance: insertions, deletions and replacements that turn one text into the other.
private func editDistance(_ first: String, _ second: String) -> Int {
  let columns = Array(second)
  var row = Array(0...columns.count)
  for (line, letter) in first.enumerated() {
    var diagonal = row[0]
    row[0] = line + 1
    for column in columns.indices {
      let replaced = diagonal + (columns[column] == letter ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
    }
  }
  return row[columns.count]
}
