/// Works out, from names and arguments, what calling a class or function would make in Python; nothing is called.
extension Unpickler {
  mutating func readGlobal() throws(WeightFileError) -> PickleGlobal {
    let module = String(decoding: try reader.line(atMost: 256), as: UTF8.self)
    return PickleGlobal(module: module, name: String(decoding: try reader.line(atMost: 256), as: UTF8.self))
  }

  mutating func pushStackGlobal() throws(WeightFileError) {
    guard case .string(let name) = try pop(), case .string(let module) = try pop() else {
      throw reader.malformed(expected: "a module and a name", found: "other values")
    }
    try charge(module.utf8.count + name.utf8.count)
    stack.append(.global(PickleGlobal(module: module, name: name)))
  }

  /// Pushes a global from Python's extension registry, which is empty unless a program fills it.
  mutating func pushExtension(_ code: Int) { stack.append(.global(.unknown(name: "of extension \(code)"))) }

  mutating func call(_ callable: PickleValue, _ arguments: PickleValue) throws(WeightFileError) -> PickleValue {
    guard let arguments = graph.sequence(arguments) else {
      throw reader.malformed(expected: "a global and its arguments", found: "other values")
    }
    return try call(callable, arguments)
  }

  mutating func call(_ callable: PickleValue, _ arguments: [PickleValue]) throws(WeightFileError) -> PickleValue {
    if let name = graph.objectName(callable) { return object(name, arguments) }
    switch callable {
    case .global(.unknown(let name)): return object(name, arguments)
    case .global(let global): return try result(of: global, arguments)
    default: throw reader.malformed(expected: "a global and its arguments", found: "other values")
    }
  }

  /// Returns the object that an unknown class or function would have made.
  private mutating func object(_ name: String, _ arguments: [PickleValue]) -> PickleValue {
    var name = name
    // Functions such as copyreg._reconstructor and numpy's _reconstruct take the class as their first argument.
    if name.split(separator: ".").last?.hasPrefix("_") == true,
      case .global(.unknown(let className))? = arguments.first
    {
      name = className
    }
    return container(.object(name: name), [])
  }

  private mutating func result(
    of global: PickleGlobal, _ arguments: [PickleValue]
  ) throws(WeightFileError) -> PickleValue {
    switch global {
    case .dictionary: return try dictionary(of: arguments.first)
    case .defaultDictionary: return try dictionary(of: arguments.dropFirst().first)
    case .set:
      guard arguments.count <= 1, let items = arguments.isEmpty ? [] : graph.sequence(arguments[0]) else { break }
      try charge(items.count * 64)
      return container(.set, items)
    case .size:
      guard arguments.count == 1, let sizes = graph.sequence(arguments[0]) else { break }
      try charge(sizes.count * 64)
      return container(.tuple, sizes)
    case .plainData(let kind), .rebuildOther(let kind): return .other(kind: kind)
    case .parameter, .tensorClass:
      // PyTorch 0.1 makes an empty one here and sets its data with a BUILD.
      if let data = arguments.first, isTensor(data) { return data }
      guard arguments.isEmpty else { break }
      graph.tensors.append(nil)
      return .tensor(graph.tensors.count - 1)
    case .rebuildParameter, .rebuildParameterWithState:
      guard let data = arguments.first, isTensor(data) else { break }
      return data
    case .rebuildFromType:
      // Only one level: a tensor subclass is not rebuilt from another tensor subclass.
      guard arguments.count == 4, case .global(let function) = arguments[0], function != .rebuildFromType,
        let inner = graph.sequence(arguments[2])
      else { break }
      if case .unknown(let name) = function { return object(name, inner) }
      return try result(of: function, inner)
    case .rebuildTensor where arguments.count == 4:
      return try tensor(arguments, type: nil)
    case .rebuildTensorV2 where (6...7).contains(arguments.count):
      return try tensor(arguments, type: nil, properties: arguments.dropFirst(6).first)
    case .rebuildTensorV3 where (7...8).contains(arguments.count):
      switch arguments[6] {
      case .global(.dtype(let type)): return try tensor(arguments, type: type, properties: arguments.dropFirst(7).first)
      case .global(.unknown(let name)): return .other(kind: "a tensor of \(name)")
      default: break
      }
    default: break
    }
    throw .unsupported(
      path: reader.path, place: "\(reader.place), before byte \(reader.position)",
      found: "\(global) with arguments (\(arguments.prefix(10).map(\.kind).joined(separator: ", ")))",
      advice: "save plain, dense tensors: {name: tensor.clone() ...}")
  }

  /// Makes a dictionary from another dictionary, from pairs, or from nothing.
  private mutating func dictionary(of source: PickleValue?) throws(WeightFileError) -> PickleValue {
    guard let source else { return container(.dictionary, []) }
    var items: [PickleValue] = []
    if case .container(let index) = source, graph.isKeyed(source) {
      items = graph.containers[index].items
      try charge(items.count * 64)
    }
    for pair in graph.sequence(source) ?? [] {
      try charge(64)
      guard let pair = graph.sequence(pair), pair.count == 2 else {
        throw reader.malformed(expected: "pairs of key and value", found: "other items")
      }
      items += pair
    }
    return container(.dictionary, items)
  }

  /// Whether the value is a tensor, or stands for one that is not read.
  private func isTensor(_ value: PickleValue) -> Bool {
    switch value {
    case .tensor, .other: true
    default: graph.objectName(value) != nil
    }
  }
}
