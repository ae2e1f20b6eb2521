import Limits

/// What can keep a measurement from being made; the description says what to do.
public enum PerformanceError: Error, Equatable, Sendable {
  /// There is no `kind` ("model", "backbone" ...) called `name`.
  case unknownName(kind: String, name: String, known: [String])
  /// The value given for `option` makes no sense.
  case invalidValue(option: String, value: String, expected: String)
  /// The tensors of a step do not fit into memory.
  case tooLarge(neededBytes: Int, MemoryLimit)
  /// This CPU lacks the instruction set.
  case unsupportedInstructionSet(String, supported: [String])
  /// The folder to read images from holds none.
  case noImages(folder: String)
  /// An operator's fast result is not what its reference gives.
  case wrongResult(operator: String, tensor: String, error: Double, allowed: Double)

  /// Somebody asked to stop.
  case interrupted

  /// Whose fault it is, for the program's exit code.
  public enum Fault: Sendable { case usage, data, program, interruption }

  public var fault: Fault {
    switch self {
    case .unknownName, .invalidValue, .tooLarge, .unsupportedInstructionSet: .usage
    case .noImages: .data
    case .wrongResult: .program
    case .interrupted: .interruption
    }
  }
}

extension PerformanceError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownName(let kind, let name, let known):
      "There is no \(kind) \"\(name)\". Known: \(known.joined(separator: ", "))."
    case .invalidValue(let option, let value, let expected):
      "\(option) \(value.isEmpty ? "without a value" : value) makes no sense: expected \(expected)."
    case .tooLarge(let needed, let limit):
      "A step would need about \(gibibytes(needed)) of memory, and \(limit): "
        + "choose a smaller --batch, --size or --grid\(limit.source == .machine ? "" : ", or raise that limit")."
    case .unsupportedInstructionSet(let name, let supported):
      "This CPU cannot run \(name) code: choose \(supported.joined(separator: " or "))."
    case .noImages(let folder):
      "\(folder) holds no image, at any depth: name a folder of photographs with --data."
    case .wrongResult(let name, let tensor, let error, let allowed):
      "\(name): \(tensor) is off by \(error) of its largest value, and \(allowed) is allowed. It is not timed."
    case .interrupted:
      "Interrupted."
    }
  }
}
