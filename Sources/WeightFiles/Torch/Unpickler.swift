/// A stack machine for pickles that executes nothing: it builds containers and describes tensors and objects.
///
/// Supports all protocols, 0 to 5. An unknown class or function is neither looked up nor called: its result becomes an
/// object of that name. Source: CPython's Lib/pickletools.py, which documents every opcode.
struct Unpickler {
  var reader: ByteReader
  var graph = PickleGraph()
  var stack: [PickleValue] = []
  var marks: [Int] = []
  var memo: [Int: PickleValue] = [:]

  /// The memory that the objects may take, in bytes; every opcode and every copy is charged. The pickles of checkpoints
  /// take less than a hundredth of it.
  var budget = 256 << 20

  private init(_ reader: ByteReader) { self.reader = reader }

  /// Reads one pickle and leaves the reader just after its end.
  static func load(_ reader: inout ByteReader) throws(WeightFileError) -> PickleGraph {
    var machine = Unpickler(reader)
    try machine.run()
    reader = machine.reader
    return machine.graph
  }

  private mutating func run() throws(WeightFileError) {
    while let opcode = try nextOpcode() {
      try charge(64)
      try execute(opcode)
    }
    graph.root = try pop()
  }

  /// Returns the next opcode; nil for STOP, which ends a pickle.
  private mutating func nextOpcode() throws(WeightFileError) -> Opcode? {
    let code = try reader.byte()
    guard let opcode = Opcode(rawValue: code) else {
      throw .unsupported(
        path: reader.path, place: "\(reader.place), before byte \(reader.position)",
        found: code == 0x97 ? "data that a pickle keeps elsewhere (NEXT_BUFFER)" : "\(code), no opcode of a pickle",
        advice: "save only tensors in dictionaries: torch.save(model.state_dict(), ...)")
    }
    return opcode == .stop ? nil : opcode
  }

  private mutating func execute(_ opcode: Opcode) throws(WeightFileError) {
    switch opcode {
    case .proto:
      let version = try reader.byte()
      guard version <= 5 else { throw reader.malformed(expected: "protocol 0 to 5", found: "\(version)") }
    case .frame: try reader.skip(8)
    case .stop, .readonlyBuffer: break

    case .none: stack.append(.none)
    case .newTrue: stack.append(.bool(true))
    case .newFalse: stack.append(.bool(false))
    case .binInt: stack.append(.integer(Int(try reader.integer(Int32.self))))
    case .binInt1: stack.append(.integer(Int(try reader.byte())))
    case .binInt2: stack.append(.integer(Int(try reader.integer(UInt16.self))))
    case .long1: try pushLong(length: Int(try reader.byte()))
    case .long4: try pushLong(length: Int(try reader.integer(Int32.self)))
    case .binFloat: stack.append(.float(Double(bitPattern: try reader.integer(UInt64.self).byteSwapped)))

    case .binUnicode: try pushString(length: Int(try reader.integer(UInt32.self)))
    case .shortBinUnicode: try pushString(length: Int(try reader.byte()))
    case .binUnicode8: try pushString(length: Int(clamping: try reader.integer(UInt64.self)))
    case .binString: try pushString(length: Int(try reader.integer(Int32.self)))
    case .shortBinString: try pushString(length: Int(try reader.byte()))
    case .binBytes: try skipBytes(length: Int(try reader.integer(UInt32.self)))
    case .shortBinBytes: try skipBytes(length: Int(try reader.byte()))
    case .binBytes8, .byteArray8: try skipBytes(length: Int(clamping: try reader.integer(UInt64.self)))

    case .int: try pushDecimal()
    case .long: try pushDecimal()
    case .float: try pushDecimalFloat()
    case .string: try pushQuotedString()
    case .unicode: try pushEscapedString()

    case .mark: marks.append(stack.count)
    case .pop: try popOrUnmark()
    case .popMark: _ = try popToMark()
    case .dup: stack.append(try top())

    case .emptyTuple: push(.tuple, [])
    case .tuple1: try pushTuple(1)
    case .tuple2: try pushTuple(2)
    case .tuple3: try pushTuple(3)
    case .tuple: push(.tuple, try popToMark())
    case .emptyList: push(.list, [])
    case .list: push(.list, try popToMark())
    case .append: try extend(.list, with: [try pop()])
    case .appends: try extend(.list, with: try popToMark())
    case .emptySet: push(.set, [])
    case .addItems: try extend(.set, with: try popToMark())
    case .frozenSet: push(.set, try popToMark())
    case .emptyDict: push(.dictionary, [])
    case .dict:
      let items = try popToMark()
      push(.dictionary, [])
      try extend(.dictionary, with: items)
    case .setItem:
      let value = try pop()
      try extend(.dictionary, with: [try pop(), value])
    case .setItems: try extend(.dictionary, with: try popToMark())

    case .get: try get(try decimalLine())
    case .binGet: try get(Int(try reader.byte()))
    case .longBinGet: try get(Int(try reader.integer(UInt32.self)))
    case .put: memo[try decimalLine()] = try top()
    case .binPut: memo[Int(try reader.byte())] = try top()
    case .longBinPut: memo[Int(try reader.integer(UInt32.self))] = try top()
    case .memoize: memo[memo.count] = try top()

    case .global: stack.append(.global(try readGlobal()))
    case .stackGlobal: try pushStackGlobal()
    case .ext1: pushExtension(Int(try reader.byte()))
    case .ext2: pushExtension(Int(try reader.integer(UInt16.self)))
    case .ext4: pushExtension(Int(try reader.integer(Int32.self)))
    case .reduce, .newObj:
      let arguments = try pop()
      stack.append(try call(try pop(), arguments))
    case .newObjEx:
      _ = try pop()
      let arguments = try pop()
      stack.append(try call(try pop(), arguments))
    case .inst:
      let global = try readGlobal()
      stack.append(try call(.global(global), try popToMark()))
    case .obj:
      let items = try popToMark()
      guard let first = items.first else { throw missingValue() }
      stack.append(try call(first, Array(items.dropFirst())))
    case .build:
      let state = try pop()
      try setState(of: try top(), to: state)
    case .persId:
      _ = try line()
      push(.object(name: "of a persistent id"), [])
    case .binPersId: try pushPersistentObject(of: try pop())
    }
  }
}
