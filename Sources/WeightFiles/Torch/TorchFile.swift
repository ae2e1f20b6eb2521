/// A `torch.save` file: the objects its pickle describes, and the stored bytes its tensors refer to.
struct TorchFile {
  let path: String
  let graph: PickleGraph
  /// The stored bytes by storage key.
  let storages: [String: any StoredBytes]

  /// How many elements an expanded tensor (one with a stride of 0) may have if it exceeds its stored elements.
  private static let expansionLimit = 1 << 24

  /// Checks a tensor of the pickle against the stored bytes and returns it.
  func stored(_ tensor: TorchTensor, name: String) throws(WeightFileError) -> StoredTensor {
    let view = try bytes(of: tensor.storage, name: name)
    guard tensor.storage.type.map({ $0.elementType == tensor.elementType }) ?? true else {
      throw malformed(name, expected: "one element type", found: "\(tensor.elementType) in another storage")
    }
    let available = view.byteCount / tensor.elementType.byteCount
    guard
      let layout = StridedLayout(
        shape: tensor.shape, strides: tensor.strides, offset: tensor.offset, available: available)
    else {
      throw malformed(
        name, expected: "elements within the \(available) of its storage",
        found: "shape \(tensor.shape) with strides \(tensor.strides) at \(tensor.offset)")
    }
    guard layout.count <= max(available, TorchFile.expansionLimit) else {
      throw .unsupported(
        path: path, place: "tensor \"\(name)\"", found: "\(layout.count) elements expanded from \(available)",
        advice: "save it as it is stored, before expand()")
    }
    return StoredTensor(
      name: name, elementType: tensor.elementType, shape: tensor.shape, storage: view, layout: layout)
  }

  /// Returns the bytes that a tensor of this storage may access.
  private func bytes(of storage: TorchStorage, name: String) throws(WeightFileError) -> ByteRegion {
    guard let bytes = storages[storage.key] else {
      throw malformed(name, expected: "storage \"\(storage.key)\" in the file", found: "none")
    }
    let size = storage.elementSize
    // Divide instead of multiplying, which could overflow: the file may state any count.
    guard bytes.byteCount % size == 0, bytes.byteCount / size == storage.count else {
      throw malformed(
        name, expected: "\(storage.count) elements of \(size) bytes in storage \"\(storage.key)\"",
        found: "\(bytes.byteCount) bytes")
    }
    return ByteRegion(whole: bytes, offset: storage.view.lowerBound * size, byteCount: storage.view.count * size)
  }

  private func malformed(_ name: String, expected: String, found: String) -> WeightFileError {
    .malformed(path: path, place: "tensor \"\(name)\"", expected: expected, found: found)
  }
}
