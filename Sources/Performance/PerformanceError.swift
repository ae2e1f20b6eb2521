import Limits

/// A reason why a measurement cannot be made; the description says what to do.
public enum PerformanceError: Error, Equatable, Sendable {
  /// There is no `kind` ("model", "backbone" ...) called `name`.
  case unknownName(kind: String, name: String, known: [String])
  /// The value given for `option` is not valid.
  case invalidValue(option: String, value: String, expected: String)
  /// The tensors of a step do not fit in memory.
  case tooLarge(neededBytes: Int, MemoryLimit)
  /// This CPU lacks the instruction set.
  case unsupportedInstructionSet(String, supported: [String])
  /// The folder to read images from holds none.
  case noImages(folder: String)
  /// The result of an operator does not match its reference.
  case wrongResult(operator: String, tensor: String, error: Double, allowed: Double)

  /// The caller asked to stop.
  case interrupted

  /// The kind of cause, which determines the program's exit code.
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
      "\(option) \(value.isEmpty ? "(no value)" : value) is not valid: expected \(expected)."
    case .tooLarge(let needed, let limit):
      "A step would need about \(gibibytes(needed)) of memory, but \(limit): "
        + "choose a smaller batch, size or grid\(limit.source == .machine ? "" : ", or raise that limit")."
    case .unsupportedInstructionSet(let name, let supported):
      "This CPU cannot run \(name) code: choose \(supported.joined(separator: " or "))."
    case .noImages(let folder):
      "\(folder) and its subfolders hold no images: name a folder of photographs with --data."
    case .wrongResult(let name, let tensor, let error, let allowed):
      "\(name): \(tensor) is off by \(error) of its largest value, but only \(allowed) is allowed. It is not timed."
    case .interrupted:
      "Interrupted."
    }
  }
}
