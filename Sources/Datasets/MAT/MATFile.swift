/// Reads MATLAB files of version 5 ("MATLAB 5.0 MAT-file"), as written by scipy and by MATLAB up to -v7.
///
/// Our own reader of what annotations use: libmatio 1.5.23 had a segmentation fault on 34 of 8,000 files with a few
/// bytes changed.
struct MATFile {
  static let compressed: UInt32 = 15
  private static let matrix: UInt32 = 14
  /// More than twice the unpacked size of the largest annotation file.
  static let maximumBytes = 16 << 20
  private static let deepest = 6

  let path: String
  let variables: [String: MATValue]

  init(_ path: String) throws(DatasetError) {
    var file = FileBytes()
    do throws(ReadFailure) {
      let bytes = try file.read(path)
      guard bytes.count <= Self.maximumBytes else { throw ReadFailure("\(bytes.count) bytes") }
      variables = try Self.variables(Array(bytes))
    } catch {
      throw .invalidAnnotation(file: path, line: 0, expected: "a MATLAB file of version 5", found: error.reason)
    }
    self.path = path
  }

  static func variables(_ bytes: [UInt8]) throws(ReadFailure) -> [String: MATValue] {
    guard bytes.count >= 128, bytes[124] == 0, bytes[125] == 1, bytes[126] == UInt8(ascii: "I"),
      bytes[127] == UInt8(ascii: "M")
    else { throw ReadFailure("another header") }
    var reader = MATBytes(bytes)
    try reader.skip(128)
    var variables: [String: MATValue] = [:]
    var budget = maximumBytes
    while !reader.isEmpty {
      var element = try reader.element()
      if element.type == compressed {
        let bytes = try inflated(element.data.rest, limit: budget)
        budget -= bytes.count
        var inner = MATBytes(bytes)
        element = try inner.element()
      }
      guard element.type == matrix else { continue }
      let (name, value) = try matrix(element.data, depth: 0)
      variables[name] = value
    }
    return variables
  }

  /// A matrix's name and value.
  private static func matrix(_ data: MATBytes, depth: Int) throws(ReadFailure) -> (String, MATValue) {
    guard depth < deepest else { throw ReadFailure("values nested more than \(deepest) deep") }
    var data = data
    // MATLAB writes an empty cell as a matrix with no contents.
    guard !data.isEmpty else { return ("", .numbers([])) }
    var flags = try data.element().data
    let kind = try flags.number(bytes: 4)
    var dimensions = try data.element().data
    var count = 1
    while dimensions.count >= 4 {
      let (product, overflow) = count.multipliedReportingOverflow(by: Int(try dimensions.number(bytes: 4)))
      guard !overflow, product <= maximumBytes else { throw ReadFailure("a matrix of too many elements") }
      count = product
    }
    let name = String(decoding: try data.element().data.rest, as: UTF8.self)
    let isComplex = kind & 0x800 != 0
    switch kind & 0xFF {
    case 1:  // cell
      // Each cell takes at least 8 bytes, so the file's size bounds their number.
      guard count <= data.count / 8 else { throw ReadFailure("\(count) cells in \(data.count) bytes") }
      var cells: [MATValue] = []
      for _ in 0..<count { cells.append(try inner(&data, depth)) }
      return (name, .cells(cells))
    case 2:  // struct
      return (name, .structs(try structs(&data, count, depth)))
    case 4:  // char
      return (name, .text(try text(data.element())))
    case 6...15 where !isComplex:
      return (name, .numbers(try numbers(data.element(), count)))
    default:
      return (name, .other)
    }
  }

  private static func inner(_ data: inout MATBytes, _ depth: Int) throws(ReadFailure) -> MATValue {
    let element = try data.element()
    guard element.type == matrix else { throw ReadFailure("an element of type \(element.type) instead of a matrix") }
    return try matrix(element.data, depth: depth + 1).1
  }

  private static func structs(
    _ data: inout MATBytes, _ count: Int, _ depth: Int
  ) throws(ReadFailure) -> [[String: MATValue]] {
    var width = try data.element().data
    let length = Int(try width.number(bytes: 4))
    let names = try data.element().data.rest
    guard (1...256).contains(length), names.count % length == 0, names.count / length <= 256 else {
      throw ReadFailure("field names of \(length) bytes in \(names.count)")
    }
    let fields = stride(from: names.startIndex, to: names.endIndex, by: length).map {
      String(decoding: names[$0..<$0 + length].prefix { $0 != 0 }, as: UTF8.self)
    }
    guard !fields.isEmpty, count <= data.count / 8 / fields.count else {
      throw ReadFailure("\(count) structures of \(fields.count) fields in \(data.count) bytes")
    }
    var elements: [[String: MATValue]] = []
    for _ in 0..<count {
      var element: [String: MATValue] = [:]
      for field in fields { element[field] = try inner(&data, depth) }
      elements.append(element)
    }
    return elements
  }
}
