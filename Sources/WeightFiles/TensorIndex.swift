/// Tensors in their order, found by name.
struct TensorIndex: Sendable {
  let tensors: [StoredTensor]
  private let positions: [String: Int]
  private let path: String

  /// An error if a name stands twice.
  init(_ tensors: [StoredTensor], path: String) throws(WeightFileError) {
    var positions: [String: Int] = [:]
    for (position, tensor) in tensors.enumerated() {
      guard positions.updateValue(position, forKey: tensor.name) == nil else {
        throw .malformed(
          path: path, place: "the names of the tensors", expected: "each once", found: "\"\(tensor.name)\" twice")
      }
    }
    self.tensors = tensors
    self.positions = positions
    self.path = path
  }

  subscript(name: String) -> StoredTensor? { positions[name].map { tensors[$0] } }

  func require(_ name: String) throws(WeightFileError) -> StoredTensor {
    if let tensor = self[name] { return tensor }
    let known = tensors.prefix(2000).map(\.name)
    throw .noSuchTensor(path: path, name: name, nearest: known.min { distance($0, name) < distance($1, name) })
  }
}

/// How many insertions, deletions and replacements of characters turn one name into the other.
private func distance(_ a: String, _ b: String) -> Int {
  let columns = Array(b.utf8.prefix(200))
  var row = Array(0...columns.count)
  for (i, x) in a.utf8.prefix(200).enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in columns.enumerated() {
      let replaced = diagonal + (x == y ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row[columns.count]
}
