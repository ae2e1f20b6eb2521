/// The unpickler's stack, marks and memory.
extension Unpickler {
  /// Takes `bytes` off the budget.
  mutating func charge(_ bytes: Int) throws(WeightFileError) {
    let (left, overflow) = budget.subtractingReportingOverflow(bytes)
    guard !overflow, left >= 0 else {
      throw .unsupported(
        path: reader.path, place: "\(reader.place), before byte \(reader.position)",
        found: "more than 256 MiB of objects beside the tensors",
        advice: "save only tensors in dictionaries: torch.save(model.state_dict(), ...)")
    }
    budget = left
  }

  /// Makes a container of items that were taken off the stack, or copied and charged for.
  mutating func container(_ kind: PickleGraph.Container.Kind, _ items: [PickleValue]) -> PickleValue {
    graph.containers.append(PickleGraph.Container(kind: kind, items: items))
    return .container(graph.containers.count - 1)
  }

  mutating func push(_ kind: PickleGraph.Container.Kind, _ items: [PickleValue]) {
    stack.append(container(kind, items))
  }

  mutating func pop() throws(WeightFileError) -> PickleValue {
    // What lies below a mark belongs to the container that was begun before it.
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else { throw missingValue() }
    return value
  }

  func top() throws(WeightFileError) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else { throw missingValue() }
    return value
  }

  func missingValue() -> WeightFileError {
    reader.malformed(expected: "a value on the stack", found: "none")
  }

  mutating func popToMark() throws(WeightFileError) -> [PickleValue] {
    guard let mark = marks.popLast(), mark <= stack.count else {
      throw reader.malformed(expected: "a mark on the stack", found: "none")
    }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  mutating func pushTuple(_ count: Int) throws(WeightFileError) {
    var items: [PickleValue] = []
    for _ in 0..<count { items.append(try pop()) }
    push(.tuple, items.reversed())
  }

  mutating func extend(
    _ kind: PickleGraph.Container.Kind, with items: [PickleValue]
  ) throws(WeightFileError) {
    guard case .container(let index) = try top(), graph.containers[index].kind == kind else {
      throw reader.malformed(expected: "a \(kind) to add to", found: try top().kind)
    }
    guard kind != .dictionary || items.count.isMultiple(of: 2) else {
      throw reader.malformed(expected: "keys and values in pairs", found: "\(items.count) items")
    }
    graph.containers[index].items += items
  }

  mutating func get(_ index: Int) throws(WeightFileError) {
    guard let value = memo[index] else {
      throw reader.malformed(expected: "a value in the memo at \(index)", found: "none")
    }
    stack.append(value)
  }

  mutating func text(length: Int) throws(WeightFileError) -> [UInt8] {
    try charge(max(0, min(length, reader.remaining)))
    return try reader.bytes(length)
  }

  mutating func pushString(length: Int) throws(WeightFileError) {
    guard let string = String(validating: try text(length: length), as: UTF8.self) else {
      throw reader.malformed(expected: "text in UTF-8", found: "other bytes")
    }
    stack.append(.string(string))
  }

  mutating func pushLong(length: Int) throws(WeightFileError) {
    let bytes = try text(length: length)
    guard bytes.count <= 8 else { return stack.append(.longInteger(bytes)) }
    let sign: Int = (bytes.last ?? 0) >= 0x80 ? -1 : 0
    stack.append(.integer(bytes.reversed().reduce(sign) { $0 << 8 | Int($1) }))
  }

  mutating func pushGlobal(module: [UInt8], name: [UInt8]) throws(WeightFileError) {
    let module = String(decoding: module, as: UTF8.self)
    let name = String(decoding: name, as: UTF8.self)
    guard let global = PickleGlobal(module: module, name: name) else {
      throw .unsupported(
        path: reader.path, place: "\(reader.place), before byte \(reader.position)",
        found: "the Python object \(module).\(name)",
        advice: "nothing in a weight file is executed; save only tensors in dictionaries: "
          + "torch.save(model.state_dict(), ...)")
    }
    stack.append(.global(global))
  }
}
