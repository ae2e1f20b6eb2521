/// A stack machine for pickles that executes nothing: it builds plain containers and describes tensors.
///
/// Protocols 2 to 5 as far as they are data. Opcodes and globals outside the lists below are errors that name them.
/// Source: CPython's Lib/pickletools.py, which documents every opcode.
struct Unpickler {
  var reader: ByteReader
  var graph = PickleGraph()
  var stack: [PickleValue] = []
  var marks: [Int] = []
  var memo: [Int: PickleValue] = [:]

  /// What the objects may take in memory, in bytes; each opcode and each copy is charged for. The pickles of
  /// checkpoints take less than a hundredth.
  var budget = 256 << 20

  private init(_ reader: ByteReader) { self.reader = reader }

  /// Reads one pickle and leaves the reader behind its end.
  static func load(_ reader: inout ByteReader) throws(WeightFileError) -> PickleGraph {
    var machine = Unpickler(reader)
    try machine.run()
    reader = machine.reader
    return machine.graph
  }

  private mutating func run() throws(WeightFileError) {
    let first = try reader.byte()
    guard first == 0x80 else { throw reader.malformed(expected: "a pickle (byte 128)", found: "byte \(first)") }
    var code = first
    while code != Opcode.stop.rawValue {
      guard let opcode = Opcode(rawValue: code) else {
        throw .unsupported(
          path: reader.path, place: "\(reader.place), before byte \(reader.position)",
          found: "pickle opcode \(Opcode.describe(code))",
          advice: "save only tensors in dictionaries: torch.save(model.state_dict(), ...)")
      }
      try charge(64)
      try execute(opcode)
      code = try reader.byte()
    }
    graph.root = try pop()
  }

  private mutating func execute(_ opcode: Opcode) throws(WeightFileError) {
    switch opcode {
    case .proto:
      let version = try reader.byte()
      guard (2...5).contains(version) else { throw reader.malformed(expected: "protocol 2 to 5", found: "\(version)") }
    case .frame: try reader.skip(8)
    case .stop: break

    case .none: stack.append(.none)
    case .newTrue: stack.append(.bool(true))
    case .newFalse: stack.append(.bool(false))
    case .binInt: stack.append(.integer(Int(try reader.integer(Int32.self))))
    case .binInt1: stack.append(.integer(Int(try reader.byte())))
    case .binInt2: stack.append(.integer(Int(try reader.integer(UInt16.self))))
    case .long1: try pushLong(length: Int(try reader.byte()))
    case .binFloat: stack.append(.float(Double(bitPattern: try reader.integer(UInt64.self).byteSwapped)))

    case .binUnicode: try pushString(length: Int(try reader.integer(UInt32.self)))
    case .shortBinUnicode: try pushString(length: Int(try reader.byte()))
    case .binUnicode8: try pushString(length: Int(clamping: try reader.integer(UInt64.self)))
    case .binString: try pushString(length: Int(try reader.integer(Int32.self)))
    case .shortBinString: try pushString(length: Int(try reader.byte()))
    case .binBytes: stack.append(.bytes(try text(length: Int(try reader.integer(UInt32.self)))))
    case .shortBinBytes: stack.append(.bytes(try text(length: Int(try reader.byte()))))

    case .mark: marks.append(stack.count)
    case .pop: _ = try pop()
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
    case .emptyDict: push(.dictionary, [])
    case .setItem:
      let value = try pop()
      try extend(.dictionary, with: [try pop(), value])
    case .setItems: try extend(.dictionary, with: try popToMark())

    case .binGet: try get(Int(try reader.byte()))
    case .longBinGet: try get(Int(try reader.integer(UInt32.self)))
    case .binPut: memo[Int(try reader.byte())] = try top()
    case .longBinPut: memo[Int(try reader.integer(UInt32.self))] = try top()
    case .memoize: memo[memo.count] = try top()

    case .global:
      let module = try reader.line(atMost: 256)
      try pushGlobal(module: module, name: try reader.line(atMost: 256))
    case .stackGlobal:
      guard case .string(let name) = try pop(), case .string(let module) = try pop() else {
        throw reader.malformed(expected: "a module and a name", found: "other values")
      }
      try pushGlobal(module: Array(module.utf8), name: Array(name.utf8))
    case .reduce, .newObj:
      let arguments = try pop()
      guard case .global(let callable) = try pop(), let arguments = graph.sequence(arguments) else {
        throw reader.malformed(expected: "a global and its arguments", found: "other values")
      }
      stack.append(try build(callable, arguments))
    case .build:
      let state = try pop()
      try setState(of: try top(), to: state)
    case .binPersId: stack.append(.storage(try storage(named: try pop())))
    }
  }
}
