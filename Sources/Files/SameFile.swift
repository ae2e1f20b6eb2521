import Glibc

/// Which file a path leads to, by whatever links: equal for two paths to one file.
public struct FileIdentity: Equatable, Sendable {
  private let device: dev_t
  private let inode: ino_t

  /// Nil for a path that leads to none.
  public init?(of path: String) {
    guard let status = fileStatus(path) else { return nil }
    (device, inode) = (status.st_dev, status.st_ino)
  }
}

/// Whether both paths lead to the same file; false if one of them leads to none.
public func isSameFile(_ path: String, _ other: String) -> Bool {
  FileIdentity(of: path).map { $0 == FileIdentity(of: other) } ?? false
}
