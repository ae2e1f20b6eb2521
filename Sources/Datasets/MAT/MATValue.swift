/// A value in a MATLAB file, of the kinds that annotations use.
indirect enum MATValue: Equatable {
  case numbers([Double])
  case text(String)
  case cells([MATValue])
  /// By element; all have the same fields.
  case structs([[String: MATValue]])
  /// A kind that annotations do not use, such as sparse or complex ones.
  case other

  var number: Double? {
    guard case .numbers(let values) = self, values.count == 1 else { return nil }
    return values[0]
  }

  /// A whole number that fits `Int`.
  var integer: Int? { number.flatMap { Int(exactly: $0) } }

  var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  var cells: [MATValue]? {
    guard case .cells(let cells) = self else { return nil }
    return cells
  }

  var structs: [[String: MATValue]]? {
    guard case .structs(let elements) = self else { return nil }
    return elements
  }
}
