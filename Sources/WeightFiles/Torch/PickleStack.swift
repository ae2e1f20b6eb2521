/// The unpickler's stack, marks and memo.
extension Unpickler {
  /// The longest text that is kept, in bytes: names are shorter, and anything longer is data.
  private static let longestText = 1 << 10

  /// Deducts `bytes` from the budget.
  mutating func charge(_ bytes: Int) throws(WeightFileError) {
    let (left, overflow) = budget.subtractingReportingOverflow(bytes)
    guard !overflow, left >= 0 else {
      throw .unsupported(
        path: reader.path, place: "\(reader.place), before byte \(reader.position)",
        found: "more than 256 MiB of objects besides the tensors",
        advice: "save only tensors in dictionaries: torch.save(model.state_dict(), ...)")
    }
    budget = left
  }

  /// Makes a container of items that were popped off the stack, or copied and charged for.
  mutating func container(_ kind: PickleGraph.Container.Kind, _ items: [PickleValue]) -> PickleValue {
    graph.containers.append(PickleGraph.Container(kind: kind, items: items))
    return .container(graph.containers.count - 1)
  }

  mutating func push(_ kind: PickleGraph.Container.Kind, _ items: [PickleValue]) {
    stack.append(container(kind, items))
  }

  mutating func pop() throws(WeightFileError) -> PickleValue {
    // Values below a mark belong to the container begun before it.
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else { throw missingValue() }
    return value
  }

  /// POP, which removes the mark if nothing is above it, as happens for a tuple that contains itself in protocol 0.
  mutating func popOrUnmark() throws(WeightFileError) {
    if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
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

  /// Adds items, already charged for, to the container on top of the stack.
  mutating func extend(
    _ kind: PickleGraph.Container.Kind, with items: [PickleValue]
  ) throws(WeightFileError) {
    guard case .container(let index) = try top() else {
      throw reader.malformed(expected: "a \(kind) to add to", found: try top().kind)
    }
    guard kind != .dictionary || items.count.isMultiple(of: 2) else {
      throw reader.malformed(expected: "keys and values in pairs", found: "\(items.count) items")
    }
    switch graph.containers[index].kind {
    case kind: graph.containers[index].items += items
    case .object:
      // An object keeps only its named items.
      if kind == .dictionary { graph.containers[index].items += items }
    case let other: throw reader.malformed(expected: "a \(kind) to add to", found: "a \(other)")
    }
  }

  mutating func get(_ index: Int) throws(WeightFileError) {
    guard let value = memo[index] else {
      throw reader.malformed(expected: "a value in the memo at \(index)", found: "none")
    }
    stack.append(value)
  }

  mutating func pushString(length: Int) throws(WeightFileError) {
    guard length <= Unpickler.longestText else {
      try reader.skip(length)
      return stack.append(.other(kind: "a long text"))
    }
    try charge(max(0, length))
    stack.append(text(try reader.bytes(length)))
  }

  /// Returns a string, or bytes if the data are not UTF-8, since Python 2 strings may be either.
  func text(_ bytes: [UInt8]) -> PickleValue {
    guard bytes.count <= Unpickler.longestText else { return .other(kind: "a long text") }
    return String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .other(kind: "bytes")
  }

  mutating func skipBytes(length: Int) throws(WeightFileError) {
    try reader.skip(length)
    stack.append(.other(kind: "bytes"))
  }

  mutating func pushLong(length: Int) throws(WeightFileError) {
    guard length <= Unpickler.longestText else {
      try reader.skip(length)
      return stack.append(.other(kind: "a long integer"))
    }
    try charge(max(0, length))
    let bytes = try reader.bytes(length)
    guard bytes.count <= 8 else { return stack.append(.longInteger(bytes)) }
    let sign: Int = (bytes.last ?? 0) >= 0x80 ? -1 : 0
    stack.append(.integer(bytes.reversed().reduce(sign) { $0 << 8 | Int($1) }))
  }
}
