/// A text out of a file that anyone may have made, for a message: without what would move a terminal's cursor, and not endless.
public func printable(_ text: String, limit: Int = 200, keepingLines: Bool = false) -> String {
  func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" ? keepingLines : scalar.properties.generalCategory != .control
  }
  return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit).map { isPrinted($0) ? $0 : "?" }))
}
