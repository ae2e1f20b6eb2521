/// Levenshtein's distance: the fewest bytes to insert, delete or replace; of the first 200 bytes of each name.
public func editDistance(_ first: String, _ second: String) -> Int {
  let columns = Array(second.utf8.prefix(200))
  var row = Array(0...columns.count)
  for (line, letter) in first.utf8.prefix(200).enumerated() {
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
