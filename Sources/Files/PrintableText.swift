/// Text from an untrusted file, for a message: without characters that move a terminal's cursor, and of limited length.
public func printable(_ text: String, limit: Int = 200, keepingLines: Bool = false) -> String {
  func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" ? keepingLines : scalar.properties.generalCategory != .control
  }
  return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit).map { isPrinted($0) ? $0 : "?" }))
}
