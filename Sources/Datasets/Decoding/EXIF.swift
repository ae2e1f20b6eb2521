extension Orientation {
  /// The orientation in a file's EXIF block; upright if it is missing or damaged.
  ///
  /// Our own reader of this one field: CIPA DC-008 and TIFF 6.0, where JPEG, PNG and WebP files keep it.
  init(of file: UnsafeBufferPointer<UInt8>, _ format: ImageFormat) {
    let block =
      switch format {
      case .jpeg: EXIF.block(ofJPEG: ByteView(file))
      case .png: EXIF.block(ofPNG: ByteView(file))
      case .webp: EXIF.block(ofWebP: ByteView(file))
      }
    self.init(block.flatMap(EXIF.orientation) ?? 1)
  }
}

enum EXIF {
  private static let name = Array("Exif\0\0".utf8)

  /// The first APP1 segment named Exif before the first scan.
  static func block(ofJPEG file: ByteView) -> ByteView? {
    var position = 2
    while let marker = file.number(at: position, bytes: 2) {
      // Bytes outside of segments, or fill bytes.
      guard marker >> 8 == 0xFF, marker & 0xFF != 0xFF, marker & 0xFF != 0 else {
        position += 1
        continue
      }
      guard marker != 0xFFDA, let length = file.number(at: position + 2, bytes: 2), length >= 2 else { return nil }
      if marker == 0xFFE1, let segment = file.part(position + 4, count: length - 2), segment.starts(with: name) {
        return segment.part(name.count)
      }
      position += 2 + length
    }
    return nil
  }

  static func block(ofPNG file: ByteView) -> ByteView? {
    var position = 8
    while let length = file.number(at: position, bytes: 4), let type = file.part(position + 4, count: 4) {
      if type.starts(with: Array("eXIf".utf8)) { return file.part(position + 8, count: length) }
      position += 12 + length
    }
    return nil
  }

  static func block(ofWebP file: ByteView) -> ByteView? {
    var position = 12
    while let type = file.part(position, count: 4), let length = file.little.number(at: position + 4, bytes: 4) {
      if type.starts(with: Array("EXIF".utf8)), let block = file.part(position + 8, count: length) {
        // Some writers keep JPEG's prefix.
        return block.starts(with: name) ? block.part(name.count) : block
      }
      position += 8 + length + length % 2
    }
    return nil
  }

  /// The orientation in the first directory of a TIFF block.
  static func orientation(_ block: ByteView) -> Int? {
    let tiff: ByteView
    switch block.number(at: 0, bytes: 4) {
    case 0x4949_2A00: tiff = block.little
    case 0x4D4D_002A: tiff = block
    default: return nil
    }
    guard let directory = tiff.number(at: 4, bytes: 4), let count = tiff.number(at: directory, bytes: 2) else {
      return nil
    }
    for entry in (0..<count).map({ directory + 2 + 12 * $0 }) where tiff.number(at: entry, bytes: 2) == 0x0112 {
      // A single value is stored in the entry itself, in as many bytes as its type has.
      guard tiff.number(at: entry + 4, bytes: 4) == 1, let type = tiff.number(at: entry + 2, bytes: 2),
        let width = [1: 1, 3: 2, 4: 4][type]
      else { return nil }
      return tiff.number(at: entry + 8, bytes: width)
    }
    return nil
  }
}

/// A range of bytes that contains numbers; reads outside of it return nil.
struct ByteView {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let isLittle: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>, isLittle: Bool = false) {
    self.bytes = bytes
    self.isLittle = isLittle
  }

  /// The same bytes, read as little-endian.
  var little: ByteView { ByteView(bytes, isLittle: true) }

  /// An unsigned integer of up to 4 bytes, big-endian unless `little`.
  func number(at position: Int, bytes count: Int) -> Int? {
    guard let part = part(position, count: count) else { return nil }
    return (isLittle ? Array(part.bytes.reversed()) : Array(part.bytes)).reduce(0) { $0 << 8 | Int($1) }
  }

  /// The bytes from a position on: all, or `count`.
  func part(_ position: Int, count: Int? = nil) -> ByteView? {
    guard position >= 0, position <= bytes.count else { return nil }
    let count = count ?? bytes.count - position
    guard count >= 0, count <= bytes.count - position else { return nil }
    return ByteView(UnsafeBufferPointer(rebasing: bytes[position..<position + count]), isLittle: isLittle)
  }

  func starts(with prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
}
