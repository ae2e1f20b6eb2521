import Files

/// The text with its invisible characters, which could move a terminal's cursor or hide from a reader, replaced by
/// names such as `<byte order mark>`.
func visible(_ text: some StringProtocol) -> String {
  text.unicodeScalars.map { $0.isHidden ? "<\(visible($0))>" : String($0) }.joined()
}

/// The name of an invisible character.
func visible(_ scalar: Unicode.Scalar) -> String {
  switch scalar.value {
  case 0: "zero byte"
  case 0x09: "tab"
  case 0x0A: "line feed"
  case 0x0D: "carriage return"
  case 0x1A: "Ctrl-Z"
  case 0x1B: "escape"
  case 0xA0: "no-break space"
  case 0xFEFF: "byte order mark"
  default:
    // A single byte comes from a name that is not UTF-8.
    pathBytes(String(scalar)).count == 1
      ? "byte " + String(pathBytes(String(scalar))[0], radix: 16, uppercase: true)
      : "U+" + String(scalar.value, radix: 16, uppercase: true)
  }
}

extension Unicode.Scalar {
  /// Whether it is a control character, which a table row cannot contain.
  var isControl: Bool { properties.generalCategory == .control }

  fileprivate var isHidden: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse: true
    case .spaceSeparator: self != " "
    default: false
    }
  }
}
