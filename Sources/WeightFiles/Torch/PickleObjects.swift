/// How objects get their state after they are made, and what persistent ids refer to.
extension Unpickler {
  /// BUILD: gives a PyTorch 0.1 tensor its data, and an object of an unknown class its attributes.
  mutating func setState(of object: PickleValue, to state: PickleValue) throws(WeightFileError) {
    switch object {
    case .tensor(let index): try setState(ofTensor: index, to: state)
    case .container(let index):
      guard graph.objectName(object) != nil else { return }
      // With __slots__, the state is a pair: a dictionary or None, and a dictionary of the slots.
      for part in [state] + (graph.sequence(state) ?? []).prefix(2) {
        guard case .container(let part) = part, graph.containers[part].kind == .dictionary else { continue }
        try charge(graph.containers[part].items.count * 64)
        graph.containers[index].items += graph.containers[part].items
      }
    case .global, .other, .storage: return
    case .none, .bool, .integer, .longInteger, .float, .string:
      throw reader.malformed(expected: "an object and its state", found: object.kind)
    }
  }

  private mutating func setState(ofTensor index: Int, to state: PickleValue) throws(WeightFileError) {
    // A dictionary holds the tensor's own attributes, which a state dict does not need.
    guard let parts = graph.sequence(state) else { return }
    switch parts.count {
    case 4:
      if case .tensor(let data) = try tensor(parts, type: nil) { graph.tensors[index] = graph.tensors[data] }
    case 5:
      if case .tensor(let data) = parts[0] { graph.tensors[index] = graph.tensors[data] }
    default: break
    }
  }

  /// Makes a tensor from (storage, offset, shape, strides, ...), with which all `_rebuild_tensor` calls begin. One with
  /// properties, such as a pending conjugation, is not read: its values differ from its elements.
  mutating func tensor(
    _ arguments: [PickleValue], type: TorchType?, properties: PickleValue? = nil
  ) throws(WeightFileError) -> PickleValue {
    try charge(256)
    if graph.objectName(arguments[0]) != nil {
      return .other(kind: "a tensor whose elements are not in the file")
    }
    guard case .storage(let storage) = arguments[0], case .integer(let offset) = arguments[1],
      let shape = graph.integers(arguments[2]), let strides = graph.integers(arguments[3]),
      let type = type ?? storage.type
    else {
      throw reader.malformed(
        expected: "storage, offset, shape and strides of a tensor",
        found: arguments.prefix(4).map(\.kind).joined(separator: ", "))
    }
    if !isAbsent(properties) { return .other(kind: "a tensor with properties such as a pending conjugation") }
    guard let elementType = type.elementType else { return .other(kind: "a tensor of \(type.rawValue)") }
    graph.tensors.append(
      TorchTensor(storage: storage, elementType: elementType, offset: offset, shape: shape, strides: strides))
    return .tensor(graph.tensors.count - 1)
  }

  /// Whether the argument is missing, None or empty.
  private func isAbsent(_ argument: PickleValue?) -> Bool {
    switch argument {
    case nil, .some(.none): true
    case .some(let value): graph.isEmpty(value)
    }
  }

  /// Pushes the storage that a persistent id names: ("storage", class, key, device, count), with a view in legacy
  /// files; or a module's class: ("module", class, file, source). Any other id becomes an unknown object.
  mutating func pushPersistentObject(of id: PickleValue) throws(WeightFileError) {
    let parts = graph.sequence(id) ?? []
    if case .string("module")? = parts.first, parts.count == 4 { return stack.append(parts[1]) }
    guard case .string("storage")? = parts.first else { return push(.object(name: "of a persistent id"), []) }
    guard (5...6).contains(parts.count), case .global(let storageClass) = parts[1], case .string(let key) = parts[2],
      case .integer(let count) = parts[4], count >= 0
    else {
      throw reader.malformed(expected: "the five parts of a storage's id", found: "others")
    }
    var storage = TorchStorage(key: key, type: nil, count: count, view: 0..<count)
    switch storageClass {
    case .storage(let type): storage.type = type
    case .untypedStorage: break
    case .unknown(let name): return push(.object(name: name), [])
    default: throw reader.malformed(expected: "a class of storages", found: "\(storageClass)")
    }
    if let known = graph.storages.updateValue(storage, forKey: key), known != storage {
      throw reader.malformed(expected: "storage \"\(key)\" with one class and size", found: "two")
    }
    if let view = parts.dropFirst(5).first { storage.view = try self.view(view, of: storage) }
    stack.append(.storage(storage))
  }

  /// Returns a view's range within its storage: (key of the view, offset, count), or None for the whole storage.
  private func view(_ value: PickleValue, of storage: TorchStorage) throws(WeightFileError) -> Range<Int> {
    if case .none = value { return storage.view }
    guard let view = graph.sequence(value), view.count == 3, case .integer(let offset) = view[1],
      case .integer(let size) = view[2], offset >= 0, size >= 0, size <= storage.count, offset <= storage.count - size
    else { throw reader.malformed(expected: "a view within its storage", found: "another") }
    return offset..<offset + size
  }
}
