import Tensors

/// A safetensors file opened for reading: the whole header is parsed and checked, elements are read on demand.
///
/// Source: https://github.com/huggingface/safetensors (8 bytes of header length, a JSON header, the elements).
public struct SafetensorsFile: Sendable {
  /// The strings of the header's `__metadata__`.
  public let metadata: [String: String]
  /// The tensors in the order of the header.
  public var entries: [StoredTensor] { index.tensors }
  /// Tensors of types that are not supported.
  public let leftOut: [WeightFile.LeftOut]
  private let index: TensorIndex

  /// Valid types that no network here uses: complex numbers, and floats narrower than a byte or without a mantissa.
  private static let unreadTypes: Set = ["C64", "F8_E8M0", "F4", "F6_E2M3", "F6_E3M2"]
  /// The longest header accepted, as in the format's own library.
  private static let headerLimit = 100_000_000

  public init(reading path: String) throws(WeightFileError) {
    try self.init(ReadOnlyFile(path))
  }

  init(_ file: some StoredBytes) throws(WeightFileError) {
    let headerSize = try SafetensorsFile.headerSize(file)
    let header = try SafetensorsHeader(parsing: file.bytes(at: 8, count: headerSize), path: file.path)
    let dataStart = 8 + headerSize
    try SafetensorsFile.checkOffsets(header.entries, dataSize: file.byteCount - dataStart, path: file.path)
    var entries: [StoredTensor] = []
    var leftOut: [WeightFile.LeftOut] = []
    for entry in header.entries {
      if SafetensorsFile.unreadTypes.contains(entry.type) {
        leftOut.append(.init(name: entry.name, reason: "a tensor of \(entry.type)"))
        continue
      }
      let type = try SafetensorsFile.elementType(entry, path: file.path)
      entries.append(
        StoredTensor(
          name: entry.name, elementType: type, shape: entry.shape,
          storage: ByteRegion(whole: file, offset: dataStart + entry.begin, byteCount: entry.end - entry.begin)))
    }
    metadata = header.metadata
    self.leftOut = leftOut
    index = try TensorIndex(entries, path: file.path)
  }

  /// The tensor of that name; nil if the file has none.
  public subscript(name: String) -> StoredTensor? { index[name] }

  /// Returns the named tensor as floats, in the stored shape.
  public func tensor(_ name: String) throws(WeightFileError) -> Tensor { try index.require(name).tensor() }

  /// Returns the named tensor's elements as integers; `bool` gives 0 and 1.
  public func integers(_ name: String) throws(WeightFileError) -> [Int64] { try index.require(name).integers() }
}

// MARK: - Checks

extension SafetensorsFile {
  /// Returns the header's length, checked against the file's size before anything is allocated.
  static func headerSize(_ file: some StoredBytes) throws(WeightFileError) -> Int {
    guard file.byteCount >= 10 else {
      throw .malformed(
        path: file.path, place: "the whole file", expected: "at least 10 bytes of safetensors",
        found: "\(file.byteCount) bytes")
    }
    let length = try file.bytes(at: 0, count: 8).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    guard length >= 2, length <= UInt64(min(headerLimit, file.byteCount - 8)) else {
      throw .malformed(
        path: file.path, place: "the first 8 bytes, the header's length",
        expected: "2 to \(min(headerLimit, file.byteCount - 8))", found: "\(length)")
    }
    return Int(length)
  }

  /// Checks that the tensors fill the data contiguously: no gap, no overlap, nothing beyond the end.
  private static func checkOffsets(
    _ entries: [SafetensorsHeader.Entry], dataSize: Int, path: String
  ) throws(WeightFileError) {
    var position = 0
    for entry in entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
      guard entry.begin == position, entry.end >= entry.begin, entry.end <= dataSize else {
        throw .malformed(
          path: path, place: "data_offsets of \"\(entry.name)\"",
          expected: "\(position) and at most \(dataSize)", found: "\(entry.begin) and \(entry.end)")
      }
      position = entry.end
    }
    guard position == dataSize else {
      throw .malformed(
        path: path, place: "the end of the file", expected: "\(position) bytes of data, as the header says",
        found: "\(dataSize)")
    }
  }

  private static func elementType(
    _ entry: SafetensorsHeader.Entry, path: String
  ) throws(WeightFileError) -> ElementType {
    guard let type = ElementType(rawValue: entry.type) else {
      throw .unsupported(
        path: path, place: "dtype of \"\(entry.name)\"", found: "\"\(entry.type)\"",
        advice: "convert it to one of " + ElementType.allCases.map(\.rawValue).joined(separator: ", "))
    }
    guard let count = elementCount(entry.shape), count * type.byteCount == entry.end - entry.begin else {
      throw .malformed(
        path: path, place: "shape of \"\(entry.name)\"",
        expected: "the \(entry.end - entry.begin) bytes of its data_offsets",
        found: "\(type.rawValue) of \(entry.shape)")
    }
    return type
  }
}
