/// Pieces of pickles for assembling by hand what no sane program would write.
package enum Pickle {
  package static let mark: [UInt8] = Array("(".utf8)
  package static let tuple: [UInt8] = Array("t".utf8)
  package static let reduce: [UInt8] = Array("R".utf8)
  package static let none: [UInt8] = Array("N".utf8)

  /// The beginning of every legacy torch.save file.
  package static let legacyMagic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]

  package static func program(_ parts: [UInt8]...) -> [UInt8] { [0x80, 2] + parts.flatMap { $0 } + Array(".".utf8) }

  package static func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }

  package static func string(_ text: String) -> [UInt8] {
    Array("X".utf8) + little(UInt32(text.utf8.count)) + Array(text.utf8)
  }

  package static func integer(_ value: Int) -> [UInt8] { [0x8A, 8] + little(value) }

  package static func tuple(_ parts: [UInt8]...) -> [UInt8] { mark + parts.flatMap { $0 } + tuple }

  package static func integers(_ values: [Int]) -> [UInt8] { mark + values.flatMap(integer) + tuple }

  package static func dictionary(_ pairs: (String, [UInt8])...) -> [UInt8] {
    Array("}(".utf8) + pairs.flatMap { string($0.0) + $0.1 } + Array("u".utf8)
  }

  package static func storage(_ key: String, count: Int, type: String = "FloatStorage", view: [UInt8] = none) -> [UInt8]
  {
    tuple(string("storage"), global("torch", type), string(key), string("cpu"), integer(count), view)
      + Array("Q".utf8)
  }

  package static func tensor(_ storage: [UInt8], offset: Int = 0, shape: [Int], strides: [Int]) -> [UInt8] {
    global("torch._utils", "_rebuild_tensor")
      + tuple(storage, integer(offset), integers(shape), integers(strides)) + reduce
  }

  /// Returns a whole legacy file with an object and these storages of float32 zeros.
  package static func legacyFile(_ object: [UInt8], storages: [(key: String, count: Int)] = []) -> [UInt8] {
    let keys = Array("](".utf8) + storages.flatMap { string($0.key) } + Array("e".utf8)
    let data = storages.flatMap { little($0.count) + [UInt8](repeating: 0, count: $0.count * 4) }
    return program([0x8A, 10] + legacyMagic) + program(integer(1001)) + program(Array("}".utf8))
      + program(object) + program(keys) + data
  }

  package static func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { [UInt8]($0) }
  }
}
