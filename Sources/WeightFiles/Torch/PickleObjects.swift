/// What calling a global would have made in Python, described from its arguments; nothing is called.
extension Unpickler {
  mutating func build(_ callable: PickleGlobal, _ arguments: [PickleValue]) throws(WeightFileError) -> PickleValue {
    switch callable {
    case .orderedDictionary: return try orderedDictionary(arguments)
    case .set:
      guard arguments.count <= 1, let items = arguments.isEmpty ? [] : graph.sequence(arguments[0]) else { break }
      try charge(items.count * 32)
      return container(.set, items)
    case .encode:
      // Protocol 2 writes bytes as text whose characters stand for the bytes 0 to 255.
      guard case .string(let text)? = arguments.first else { break }
      try charge(text.utf8.count * 8)
      let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
      guard bytes.count == text.unicodeScalars.count else { break }
      return .bytes(bytes)
    case .size:
      guard arguments.count == 1, let sizes = graph.sequence(arguments[0]) else { break }
      try charge(sizes.count * 32)
      return container(.tuple, sizes)
    case .device: return .none
    case .parameter, .tensorClass:
      // PyTorch 0.1 makes an empty one here and gives it its data by a BUILD.
      if case .tensor? = arguments.first { return arguments[0] }
      guard arguments.isEmpty else { break }
      return tensor(nil)
    case .rebuildParameter, .rebuildParameterWithState:
      guard case .tensor? = arguments.first else { break }
      return arguments[0]
    case .rebuildTensor where arguments.count == 4,
      .rebuildTensorV2 where (6...7).contains(arguments.count) && isAbsent(arguments, 6):
      return tensor(try tensor(arguments, type: nil))
    case .rebuildTensorV3 where (7...8).contains(arguments.count) && isAbsent(arguments, 7):
      guard case .global(.dtype(let type)) = arguments[6] else { break }
      return tensor(try tensor(arguments, type: type))
    default: break
    }
    throw .unsupported(
      path: reader.path, place: "\(reader.place), before byte \(reader.position)",
      found: "\(callable) with arguments (\(arguments.prefix(10).map(\.kind).joined(separator: ", ")))",
      advice: "save plain, dense tensors: {name: tensor.clone() ...}")
  }

  /// Gives an object its state: a tensor of PyTorch 0.1 its data; attributes of anything else are passed over.
  mutating func setState(of object: PickleValue, to state: PickleValue) throws(WeightFileError) {
    switch object {
    case .tensor(let index):
      guard let parts = graph.sequence(state) else { break }
      if parts.count == 4 {
        graph.tensors[index] = try tensor(parts, type: nil)
      } else if parts.count == 5, case .tensor(let data) = parts[0] {
        graph.tensors[index] = graph.tensors[data]
      } else if parts.count != 3 {
        break
      }
      return
    case .container: return
    default: break
    }
    throw reader.malformed(expected: "a tensor or a container and its state", found: object.kind)
  }

  /// The storage that a persistent id names: ("storage", class, key, device, count), in legacy files with a view.
  mutating func storage(named id: PickleValue) throws(WeightFileError) -> TorchStorage {
    guard let parts = graph.sequence(id), (5...6).contains(parts.count), case .string("storage") = parts[0],
      case .global(let storageClass) = parts[1], case .string(let key) = parts[2],
      case .integer(let count) = parts[4], count >= 0
    else {
      throw reader.malformed(expected: "the five parts of a storage's id", found: id.kind)
    }
    var storage = TorchStorage(key: key, elementType: nil, count: count, view: 0..<count)
    switch storageClass {
    case .storage(let type): storage.elementType = type
    case .untypedStorage: break
    default: throw reader.malformed(expected: "a class of storages", found: "\(storageClass)")
    }
    if let known = graph.storages.updateValue(storage, forKey: key), known != storage {
      throw reader.malformed(expected: "storage \"\(key)\" with one class and size", found: "two")
    }
    guard let last = parts.dropFirst(5).first else { return storage }
    if case .none = last { return storage }
    // A view is a stretch of a storage that is stored whole: (key of the view, offset, count).
    guard let view = graph.sequence(last), view.count == 3, case .integer(let offset) = view[1],
      case .integer(let size) = view[2], offset >= 0,
      size >= 0, size <= count, offset <= count - size
    else { throw reader.malformed(expected: "a view within its storage", found: "another") }
    storage.view = offset..<offset + size
    return storage
  }

  private mutating func orderedDictionary(_ arguments: [PickleValue]) throws(WeightFileError) -> PickleValue {
    var items: [PickleValue] = []
    for pair in arguments.first.flatMap(graph.sequence) ?? [] {
      try charge(64)
      guard let pair = graph.sequence(pair), pair.count == 2 else {
        throw reader.malformed(expected: "pairs of key and value", found: "other items")
      }
      items += pair
    }
    return container(.dictionary, items)
  }

  /// (storage, offset, shape, strides, ...), as all `_rebuild_tensor` functions begin.
  private mutating func tensor(
    _ arguments: [PickleValue], type: ElementType?
  ) throws(WeightFileError) -> TorchTensor {
    try charge(256)
    guard case .storage(let storage) = arguments[0], case .integer(let offset) = arguments[1],
      let shape = graph.integers(arguments[2]), let strides = graph.integers(arguments[3]),
      let elementType = type ?? storage.elementType
    else {
      throw reader.malformed(
        expected: "storage, offset, shape and strides of a tensor",
        found: arguments.prefix(4).map(\.kind).joined(separator: ", "))
    }
    return TorchTensor(storage: storage, elementType: elementType, offset: offset, shape: shape, strides: strides)
  }

  private mutating func tensor(_ tensor: TorchTensor?) -> PickleValue {
    graph.tensors.append(tensor)
    return .tensor(graph.tensors.count - 1)
  }

  /// Whether the argument is left out, `None` or empty: it would be a property such as a pending conjugation.
  private func isAbsent(_ arguments: [PickleValue], _ index: Int) -> Bool {
    guard arguments.count > index else { return true }
    if case .none = arguments[index] { return true }
    return graph.isEmpty(arguments[index])
  }
}
