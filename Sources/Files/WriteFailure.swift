/// An error that can report a failed write: each target that writes throws its own.
public protocol WriteFailure: Error {
  /// The error for a failure to write `path`.
  static func cannotWrite(path: String, reason: String) -> Self
}
