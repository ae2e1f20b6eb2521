import Foundation

/// Why a dataset cannot be described in Croissant.
public enum CroissantError: Error, Equatable, Sendable {
  /// The lock has no checksum of the file.
  case noChecksum(dataset: String, file: String)
}

extension CroissantError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .noChecksum(let dataset, let file):
      """
      \(dataset) cannot be described: the lock has no sha256 of \(file), which Croissant requires. Name a lock that \
      has one with --lock.
      """
    }
  }
}
