import Files
import Foundation

/// Why an event file cannot be written.
public enum EventFileError: Error, Equatable, Sendable {
  /// The system refused to write.
  case unwritable(path: String, reason: String)
  /// There is already an event file, of other runs.
  case otherRuns(path: String)
}

extension EventFileError: WriteFailure {
  public static func cannotWrite(path: String, reason: String) -> EventFileError {
    .unwritable(path: path, reason: reason)
  }
}

extension EventFileError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .unwritable(let path, let reason):
      "\(path) cannot be written: \(reason). Name another folder for TensorBoard's files."
    case .otherRuns(let path):
      "\(path) is the event file of other runs, which would be lost. Name another folder for TensorBoard's files."
    }
  }
}
