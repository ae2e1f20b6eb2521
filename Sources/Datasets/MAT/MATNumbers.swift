extension MATFile {
  /// The numbers of an element of any of the ten numeric types.
  static func numbers(_ element: MATBytes.Element, _ count: Int) throws(ReadFailure) -> [Double] {
    guard let width = width(element.type) else { throw ReadFailure("numbers of type \(element.type)") }
    guard element.data.count / width >= count else {
      throw ReadFailure("\(count) numbers in \(element.data.count) bytes")
    }
    var (data, values) = (element.data, [Double]())
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(value(try data.number(bytes: width), element.type)) }
    return values
  }

  /// The characters of an element: UTF-8, UTF-16, or 16-bit numbers.
  static func text(_ element: MATBytes.Element) throws(ReadFailure) -> String {
    switch element.type {
    case 1, 2, 16: return String(decoding: element.data.rest, as: UTF8.self)
    case 3, 4, 17:
      var (data, units) = (element.data, [UInt16]())
      while data.count >= 2 { units.append(UInt16(truncatingIfNeeded: try data.number(bytes: 2))) }
      return String(decoding: units, as: UTF16.self)
    default: throw ReadFailure("text of type \(element.type)")
    }
  }

  private static func width(_ type: UInt32) -> Int? {
    switch type {
    case 1, 2: 1
    case 3, 4: 2
    case 5, 6, 7: 4
    case 9, 12, 13: 8
    default: nil
    }
  }

  private static func value(_ bits: UInt64, _ type: UInt32) -> Double {
    switch type {
    case 1: Double(Int8(truncatingIfNeeded: bits))
    case 3: Double(Int16(truncatingIfNeeded: bits))
    case 5: Double(Int32(truncatingIfNeeded: bits))
    case 7: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case 9: Double(bitPattern: bits)
    case 12: Double(Int64(truncatingIfNeeded: bits))
    default: Double(bits)
    }
  }
}
