/// A value of one field of a CSV file.
///
/// An empty field is a missing value: `nil` for an optional, and never zero.
public protocol CSVField: Sendable {
  /// What the field should hold, for messages: "a whole number".
  static var expectation: String { get }
  init?(field: String)
  var field: String { get }
}

extension String: CSVField {
  public static var expectation: String { "text" }
  public init?(field: String) { self = field }
  public var field: String { self }
}

extension FixedWidthInteger where Self: CSVField {
  public static var expectation: String { isSigned ? "a whole number" : "a whole number of 0 or more" }
  public init?(field: String) { self.init(field, radix: 10) }
  public var field: String { String(self) }
}
extension Int: CSVField {}
extension UInt64: CSVField {}

extension BinaryFloatingPoint where Self: CSVField & LosslessStringConvertible {
  public static var expectation: String { "a number" }
  /// Reads decimal notation, "nan" and "inf"; hexadecimal floats are refused.
  public init?(field: String) {
    guard !field.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") || $0 | 0x20 == UInt8(ascii: "p") }) else {
      return nil
    }
    self.init(field)
  }
  /// The shortest text that reads back as the same number.
  public var field: String { description }
}

extension Double: CSVField {}
extension Float: CSVField {}

extension Optional: CSVField where Wrapped: CSVField {
  public static var expectation: String { Wrapped.expectation + ", or nothing" }
  public init?(field: String) {
    if field.isEmpty {
      self = .none
    } else {
      guard let value = Wrapped(field: field) else { return nil }
      self = .some(value)
    }
  }
  public var field: String { self?.field ?? "" }
}

extension CSVField where Self: RawRepresentable & CaseIterable, RawValue == String {
  public static var expectation: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }
  public init?(field: String) { self.init(rawValue: field) }
  public var field: String { rawValue }
}
