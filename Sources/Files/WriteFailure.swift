/// An error that can say that the system refused to write a file: each target that writes throws its own.
public protocol WriteFailure: Error {
  /// The system refused to write `path`.
  static func cannotWrite(path: String, reason: String) -> Self
}
