import Files
import Foundation

/// The free space at a path, which need not exist yet.
public struct DiskSpace: Equatable, Sendable {
  /// The path itself, or its nearest existing parent.
  public let folder: String
  /// The bytes available to an unprivileged user.
  public let freeBytes: Int

  public init(folder: String, freeBytes: Int) {
    self.folder = folder
    self.freeBytes = freeBytes
  }

  /// Queries the system; nil if it gives no answer.
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
