/// Writes a state dict as a protocol 2 pickle, as `torch.save` does and `torch.load(weights_only=True)` accepts.
struct Pickler {
  private(set) var bytes: [UInt8] = []

  /// Writes an ordered dictionary of tensors. Each is a whole storage, whose key is the tensor's position in the list.
  init(_ tensors: [StoredTensor]) {
    put(.proto, [2])
    putGlobal("collections", "OrderedDict")
    put(.emptyTuple)
    put(.reduce)
    put(.mark)
    for (key, tensor) in tensors.enumerated() {
      put(tensor.name)
      put(tensor, key: key)
    }
    put(.setItems)
    put(.stop)
  }

  private mutating func put(_ tensor: StoredTensor, key: Int) {
    let type = TorchType.allCases.first { $0.elementType == tensor.elementType }
    let storageClass = type?.classPrefix.map { $0 + "Storage" }
    putGlobal("torch._utils", storageClass == nil ? "_rebuild_tensor_v3" : "_rebuild_tensor_v2")
    put(.mark)
    put(.mark)
    put("storage")
    if let storageClass { putGlobal("torch", storageClass) } else { putGlobal("torch.storage", "UntypedStorage") }
    put("\(key)")
    put("cpu")
    put(storageClass == nil ? tensor.byteCount : tensor.count)
    put(.tuple)
    put(.binPersId)
    put(0)
    put(tensor.shape)
    put(StridedLayout(contiguous: tensor.shape).strides)
    put(.newFalse)
    putGlobal("collections", "OrderedDict")
    put(.emptyTuple)
    put(.reduce)
    if storageClass == nil, let type { putGlobal("torch", type.rawValue) }
    put(.tuple)
    put(.reduce)
  }

  private mutating func put(_ opcode: Unpickler.Opcode, _ arguments: [UInt8] = []) {
    bytes.append(opcode.rawValue)
    bytes += arguments
  }

  private mutating func putGlobal(_ module: String, _ name: String) {
    put(.global, Array("\(module)\n\(name)\n".utf8))
  }

  private mutating func put(_ text: String) {
    let utf8 = Array(text.utf8)
    put(.binUnicode, littleEndian(UInt32(clamping: utf8.count)) + utf8)
  }

  private mutating func put(_ number: Int) {
    if let small = Int32(exactly: number) {
      put(.binInt, littleEndian(small))
    } else {
      put(.long1, [8] + littleEndian(number))
    }
  }

  private mutating func put(_ numbers: [Int]) {
    put(.mark)
    for number in numbers { put(number) }
    put(.tuple)
  }

  private func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { [UInt8]($0) }
  }
}
