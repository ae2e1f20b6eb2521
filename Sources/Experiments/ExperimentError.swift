/// What can be wrong with an experiment that was asked for, or stop one; the description says what to do.
public enum ExperimentError: Error, Equatable, Sendable {
  /// There is no `kind` ("variant", "recipe", "backbone" ...) called `name`.
  case unknownName(kind: String, name: String, known: [String], nearest: String?)
  /// The value given for `option` makes no sense.
  case invalidValue(option: String, value: String, expected: String)
  /// The images of a step do not fit into memory.
  case tooLarge(neededBytes: Int, memoryBytes: Int)
  /// The checkpoint lacks what it takes to build its model again, or contradicts itself.
  case foreignCheckpoint(path: String, reason: String)
  /// The checkpoint was trained on other classes than the dataset has.
  case otherClasses(path: String, expected: [String], found: [String])
  /// Somebody asked to stop; everything that was finished is on disk.
  case interrupted

  /// Whose fault it is, for the program's exit code.
  public enum Fault: Sendable { case usage, data, interruption }

  public var fault: Fault {
    switch self {
    case .unknownName, .invalidValue, .tooLarge: .usage
    case .foreignCheckpoint, .otherClasses: .data
    case .interrupted: .interruption
    }
  }
}

extension ExperimentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownName(let kind, let name, let known, let nearest):
      let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? "."
      return "There is no \(kind) \"\(name)\". Known: \(known.joined(separator: ", "))\(hint)"
    case .invalidValue(let option, let value, let expected):
      return "\(option) \(value) makes no sense: expected \(expected)."
    case .tooLarge(let neededBytes, let memoryBytes):
      return "A training step would need about \(gibibytes(neededBytes)) of memory, and this machine has "
        + "\(gibibytes(memoryBytes)): choose a smaller --batch, --size or --backbone."
    case .foreignCheckpoint(let path, let reason):
      return "\(path) is no checkpoint of \"bench train\": \(reason). Name the file that it wrote."
    case .otherClasses(let path, let expected, let found):
      return "\(path) was trained on \(expected.count) classes (\(abbreviated(expected))), and the dataset has "
        + "\(found.count) (\(abbreviated(found))): select the same ones with --dataset and --classes."
    case .interrupted:
      return "Interrupted."
    }
  }
}

private func gibibytes(_ bytes: Int) -> String {
  let tenths = (bytes * 10 + 1 << 29) >> 30
  return "\(tenths / 10).\(tenths % 10) GiB"
}

private func abbreviated(_ names: [String]) -> String {
  names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", ..." : "")
}
