import Files
import Foundation

/// An error of a weight file; the message says which file, where, what was expected and found, and what to do.
public enum WeightFileError: Error, Equatable, Sendable {
  /// The system refused to open or to read the file.
  case cannotRead(path: String, reason: String)
  /// The system refused to write the file, or the contents cannot be written.
  case cannotWrite(path: String, reason: String)
  /// The file breaks the rules of its own format.
  case malformed(path: String, place: String, expected: String, found: String)
  /// The file is valid, but uses a part of its format that is not supported here.
  case unsupported(path: String, place: String, found: String, advice: String)
  /// The file holds no tensor of that name; `nearest` is the most similar name it holds.
  case noSuchTensor(path: String, name: String, nearest: String?)
  /// The file holds no state dict under that key; `known` are the keys under which it holds some.
  case noSuchEntry(path: String, name: String, known: [String])
  /// The tensor exists, but its type is not the requested one.
  case wrongType(path: String, name: String, expected: String, found: String)
}

extension WeightFileError: CustomStringConvertible, LocalizedError {
  public var description: String {
    printable(message, limit: 2000)
  }

  private var message: String {
    switch self {
    case .cannotRead(let path, let reason):
      "cannot read \(path): \(reason)"
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason)"
    case .malformed(let path, let place, let expected, let found):
      "\(path) is damaged or not what it seems: \(place): expected \(expected), found \(found); "
        + "fetch or make the file again"
    case .unsupported(let path, let place, let found, let advice):
      "\(path) cannot be used: \(place): found \(found), which is not supported; \(advice)"
    case .noSuchTensor(let path, let name, let nearest):
      "\(path) holds no tensor \"\(name)\""
        + (nearest.map { "; the nearest name is \"\($0)\"" } ?? "; it holds no tensor at all")
    case .noSuchEntry(let path, let name, let known):
      "\(path) holds no state dict \"\(name)\"; "
        + (known.isEmpty ? "it is one itself" : "it holds \(known.joined(separator: ", "))")
    case .wrongType(let path, let name, let expected, let found):
      "\(path): tensor \"\(name)\": expected \(expected), found \(found)"
    }
  }

  public var errorDescription: String? { description }
}
