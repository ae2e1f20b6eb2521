extension TorchFile {
  /// The magic number 0x1950a86a20f9469cfc6c, whose pickle begins every legacy file.
  private static let legacyMagic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]

  /// Whether a file that starts with these bytes is a legacy one, whatever its pickle protocol.
  static func isLegacy(_ start: some Collection<UInt8>) -> Bool {
    // Protocol 4 puts twelve bytes before the number; protocols 0 and 1 write it as decimal digits.
    let head = Array(start.prefix(32))
    return head.starts(with: Array("L119547037146038801333356L".utf8))
      || (0..<head.count).contains { head[$0...].starts(with: legacyMagic) }
  }

  /// Opens a file in the legacy format (before PyTorch 1.6): pickles of the magic number, version, machine, object and
  /// storage keys, then for each key the number of elements and the elements.
  init(legacy file: ReadOnlyFile) throws(WeightFileError) {
    var reader = ByteReader(file, place: "the file")
    guard case .longInteger(TorchFile.legacyMagic) = try Unpickler.load(&reader).root else {
      throw reader.malformed(expected: "the magic number of torch.save", found: "another pickle")
    }
    guard case .integer(1001) = try Unpickler.load(&reader).root else {
      throw reader.malformed(expected: "version 1001 of the serialisation", found: "another")
    }
    try TorchFile.checkMachine(Unpickler.load(&reader), reader)
    path = file.path
    graph = try Unpickler.load(&reader)
    let keys = try Unpickler.load(&reader)
    guard let keys = keys.sequence(keys.root) else {
      throw reader.malformed(expected: "the list of the storages' keys", found: keys.root.kind)
    }
    storages = try TorchFile.locate(keys, described: graph.storages, in: file, &reader)
  }

  private static func checkMachine(_ machine: PickleGraph, _ reader: ByteReader) throws(WeightFileError) {
    guard let facts = machine.pairs(machine.root) else {
      throw reader.malformed(expected: "a dictionary about the machine", found: machine.root.kind)
    }
    for case (.string("little_endian"), .bool(false)) in facts {
      throw .unsupported(
        path: reader.path, place: "the machine that wrote it", found: "another order than little-endian",
        advice: "save it again on a little-endian machine")
    }
  }

  private static func locate(
    _ keys: [PickleValue], described: [String: TorchStorage], in file: ReadOnlyFile, _ reader: inout ByteReader
  ) throws(WeightFileError) -> [String: any StoredBytes] {
    var storages: [String: any StoredBytes] = [:]
    for key in keys {
      guard case .string(let key) = key, let storage = described[key], storages[key] == nil else {
        throw reader.malformed(expected: "each storage of the object once in the list of keys", found: "another key")
      }
      let count = try reader.integer(Int64.self)
      guard count == storage.count else {
        throw reader.malformed(expected: "\(storage.count) elements in storage \"\(key)\"", found: "\(count)")
      }
      let (bytes, overflow) = storage.count.multipliedReportingOverflow(by: storage.elementSize)
      guard !overflow, bytes <= reader.remaining else {
        throw reader.malformed(
          expected: "\(count) elements of storage \"\(key)\"", found: "\(reader.remaining) bytes to the end")
      }
      storages[key] = ByteRegion(whole: file, offset: reader.position, byteCount: bytes)
      try reader.skip(bytes)
    }
    guard reader.remaining == 0 else {
      throw reader.malformed(expected: "the end of the file", found: "\(reader.remaining) more bytes")
    }
    return storages
  }
}
