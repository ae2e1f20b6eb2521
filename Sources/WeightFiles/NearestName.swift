/// The candidate that the fewest edits (insertion, deletion, replacement of a character) turn into `name`.
func nearestName(to name: String, among candidates: [String]) -> String? {
  let wanted = Array(name.utf8.prefix(200))
  func distance(_ candidate: String) -> Int {
    let other = Array(candidate.utf8.prefix(200))
    var row = Array(0...other.count)
    for (i, a) in wanted.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in other.enumerated() {
        let replaced = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
  return candidates.prefix(2000).map { (distance($0), $0) }.min { $0.0 < $1.0 }?.1
}
