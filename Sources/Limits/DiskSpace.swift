import Files
import Foundation

/// The room that is left where a path lies, or will.
public struct DiskSpace: Equatable, Sendable {
  /// The path itself, or the nearest folder above it that is there.
  public let folder: String
  /// What a user without privileges may still fill.
  public let freeBytes: Int

  public init(folder: String, freeBytes: Int) {
    self.folder = folder
    self.freeBytes = freeBytes
  }

  /// Asks the system; nil where it does not say.
  public init?(of path: String) {
    var (folder, status) = (path, statvfs())
    while folder.withPath({ statvfs($0, &status) }) != 0 {
      let above = parentFolder(of: folder)
      guard above != folder else { return nil }
      folder = above
    }
    self.folder = folder
    let (bytes, isBeyond) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    freeBytes = isBeyond ? .max : Int(clamping: bytes)
  }
}
