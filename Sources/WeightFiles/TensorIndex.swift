import Files

/// Tensors in their order, with look-up by name.
struct TensorIndex: Sendable {
  let tensors: [StoredTensor]
  private let positions: [String: Int]
  private let path: String

  /// Throws if a name occurs twice.
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
    throw .noSuchTensor(path: path, name: name, nearest: known.min { editDistance($0, name) < editDistance($1, name) })
  }
}
