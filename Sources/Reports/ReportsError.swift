import Foundation

/// Why no page can be made.
public enum ReportsError: Error, Equatable, Sendable {
  /// The page would exceed its maximum size.
  case tooLarge(bytes: Int, folders: Int)
}

extension ReportsError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .tooLarge(let bytes, let folders):
      """
      The page of \(folders == 1 ? "this folder" : "these \(folders) folders") would have \(bytes) bytes, more than \
      the limit of \(ReportPage.largest): \
      \(folders == 1 ? "draw its figures one by one with bench figures" : "name fewer folders").
      """
    }
  }
}
