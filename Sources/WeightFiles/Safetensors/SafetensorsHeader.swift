/// The parsed JSON header of a safetensors file, in its order, not yet checked against the file.
struct SafetensorsHeader {
  struct Entry {
    var name: String
    var type: String
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  var metadata: [String: String] = [:]
  var entries: [Entry] = []

  /// Parses only what the format allows: an object of tensors and one `__metadata__`, no duplicate keys.
  init(parsing bytes: [UInt8], path: String) throws(WeightFileError) {
    var scanner = JSONScanner(bytes: bytes, path: path)
    var names: Set<String> = []
    guard bytes.first == UInt8(ascii: "{") else { throw scanner.expected("{ as the first byte of the header") }
    try scanner.object { scanner, name throws(WeightFileError) in
      guard names.insert(name).inserted else { throw scanner.expected("every name once", found: "\"\(name)\" again") }
      if name == "__metadata__" {
        try scanner.object { scanner, key throws(WeightFileError) in
          let value = try scanner.string()
          guard self.metadata.updateValue(value, forKey: key) == nil else {
            throw scanner.expected("every metadata key once", found: "\"\(key)\" again")
          }
        }
      } else {
        self.entries.append(try SafetensorsHeader.entry(name, &scanner))
      }
    }
    try scanner.end()
  }

  private static func entry(_ name: String, _ scanner: inout JSONScanner) throws(WeightFileError) -> Entry {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.object { scanner, key throws(WeightFileError) in
      switch key {
      case "dtype" where type == nil: type = try scanner.string()
      case "shape" where shape == nil: shape = try scanner.integers()
      case "data_offsets" where offsets == nil: offsets = try scanner.integers()
      default: throw scanner.expected("dtype, shape and data_offsets, each once", found: "\"\(key)\"")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw scanner.expected("dtype, shape and two data_offsets for \"\(name)\"", found: "less")
    }
    return Entry(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1])
  }
}
