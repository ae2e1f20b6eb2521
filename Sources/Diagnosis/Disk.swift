import Files
import Foundation
import Limits

/// The space for what will be written into a folder.
struct Disk {
  let topic: String
  let path: String
  /// The nearest existing folder, and its free bytes; nil if the system does not say.
  let space: DiskSpace?
  let isWritable: Bool
  /// The bytes that should be free, and for what.
  let wanted: (bytes: Int, what: String)
  /// How to write elsewhere.
  let elsewhere: String

  init(_ topic: String, _ path: String, wanted: (bytes: Int, what: String), elsewhere: String) {
    let space = DiskSpace(of: path)
    self.init(
      topic, path, space: space, isWritable: isAccessible(space?.folder ?? path, W_OK), wanted: wanted,
      elsewhere: elsewhere)
  }

  init(
    _ topic: String, _ path: String, space: DiskSpace?, isWritable: Bool, wanted: (bytes: Int, what: String),
    elsewhere: String
  ) {
    (self.topic, self.path, self.space, self.isWritable) = (topic, path, space, isWritable)
    (self.wanted, self.elsewhere) = (wanted, elsewhere)
  }

  var check: Check {
    guard isWritable else { return .error(topic, "\(path) cannot be written", elsewhere) }
    guard let space else { return .ok(topic, "\(path), free space unknown") }
    let text = "\(path), \(gibibytes(space.freeBytes)) free"
    guard space.freeBytes >= wanted.bytes else {
      return .warning(topic, text, "\(wanted.what) may take \(gibibytes(wanted.bytes)): free space, or \(elsewhere).")
    }
    return .ok(topic, text)
  }
}
