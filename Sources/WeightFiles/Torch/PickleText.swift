/// The text lines of protocols 0 and 1.
extension Unpickler {
  /// Returns the bytes up to the next line feed.
  mutating func line() throws(WeightFileError) -> [UInt8] {
    let line = try reader.line(atMost: 1 << 26)
    try charge(line.count)
    return line
  }

  /// Reads a line that holds a 64-bit integer, such as a memo index.
  mutating func decimalLine() throws(WeightFileError) -> Int {
    let line = String(decoding: try line(), as: UTF8.self)
    guard let number = Int(line) else {
      throw reader.malformed(expected: "a whole number", found: "\"\(line.prefix(40))\"")
    }
    return number
  }

  /// INT and LONG: `00` and `01` are booleans; a long integer ends in L.
  mutating func pushDecimal() throws(WeightFileError) {
    var digits = try line()
    if digits == Array("00".utf8) || digits == Array("01".utf8) { return stack.append(.bool(digits[1] == 0x31)) }
    if digits.last == UInt8(ascii: "L") { digits.removeLast() }
    let text = String(decoding: digits, as: UTF8.self)
    if let number = Int(text) { return stack.append(.integer(number)) }
    let magnitude = digits.first == UInt8(ascii: "-") ? digits.dropFirst() : digits[...]
    guard !magnitude.isEmpty, magnitude.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw reader.malformed(expected: "a whole number", found: "\"\(text.prefix(40))\"")
    }
    guard magnitude.count <= 100 else { return stack.append(.other(kind: "a long integer")) }
    stack.append(.longInteger(twosComplement(of: magnitude, isNegative: magnitude.count < digits.count)))
  }

  mutating func pushDecimalFloat() throws(WeightFileError) {
    let text = String(decoding: try line(), as: UTF8.self)
    guard let number = Double(text) else {
      throw reader.malformed(expected: "a number", found: "\"\(text.prefix(40))\"")
    }
    stack.append(.float(number))
  }

  /// STRING: a quoted Python literal.
  mutating func pushQuotedString() throws(WeightFileError) {
    let literal = try line()
    guard literal.count >= 2, let quote = literal.first, quote == 0x27 || quote == 0x22, literal.last == quote else {
      throw reader.malformed(expected: "a text in quotes", found: "another line")
    }
    stack.append(text(unescaped(literal.dropFirst().dropLast())))
  }

  /// UNICODE: Latin-1, with `\u` and `\U` escapes for all other characters.
  mutating func pushEscapedString() throws(WeightFileError) {
    let line = try line()
    var scalars = String.UnicodeScalarView()
    var rest = line[...]
    while let byte = rest.popFirst() {
      let count = rest.first == UInt8(ascii: "u") ? 4 : rest.first == UInt8(ascii: "U") ? 8 : 0
      if byte == UInt8(ascii: "\\"), count > 0, let code = hexadecimal(rest.dropFirst().prefix(count), digits: count) {
        scalars.append(UnicodeScalar(code) ?? "\u{FFFD}")
        rest = rest.dropFirst(1 + count)
      } else {
        scalars.append(UnicodeScalar(byte))
      }
    }
    stack.append(text(Array(String(scalars).utf8)))
  }
}

/// Returns the bytes of a Python literal with its escapes resolved.
private func unescaped(_ literal: ArraySlice<UInt8>) -> [UInt8] {
  let simple: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "\\"): 0x5C, 0x27: 0x27,
    0x22: 0x22,
  ]
  var bytes: [UInt8] = []
  var rest = literal
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "\\"), let next = rest.first else {
      bytes.append(byte)
      continue
    }
    if let plain = simple[next] {
      bytes.append(plain)
      rest = rest.dropFirst()
    } else if next == UInt8(ascii: "x"), let code = hexadecimal(rest.dropFirst().prefix(2), digits: 2) {
      bytes.append(UInt8(code))
      rest = rest.dropFirst(3)
    } else {
      bytes.append(byte)
    }
  }
  return bytes
}

private func hexadecimal(_ digits: ArraySlice<UInt8>, digits count: Int) -> UInt32? {
  guard digits.count == count else { return nil }
  return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
}

/// Converts at most a hundred decimal digits to little-endian two's complement.
private func twosComplement(of digits: ArraySlice<UInt8>, isNegative: Bool) -> [UInt8] {
  // 42 bytes hold a hundred digits and a sign.
  var bytes = [UInt8](repeating: 0, count: 42)
  for digit in digits {
    var carry = Int(digit - 0x30)
    for index in bytes.indices {
      carry += Int(bytes[index]) * 10
      bytes[index] = UInt8(truncatingIfNeeded: carry)
      carry >>= 8
    }
  }
  if isNegative {
    var carry = 1
    for index in bytes.indices {
      carry += Int(~bytes[index])
      bytes[index] = UInt8(truncatingIfNeeded: carry)
      carry >>= 8
    }
  }
  // As short as the sign allows, as in pickles.
  let sign: UInt8 = isNegative ? 0xFF : 0
  while bytes.count > 1, bytes.last == sign, (bytes[bytes.count - 2] ^ sign) < 0x80 { bytes.removeLast() }
  return bytes
}
