import Glibc

/// Which file a path leads to through any links: equal for two paths to one file.
public struct FileIdentity: Equatable, Sendable {
  private let device: dev_t
  private let inode: ino_t

  /// Nil if the path leads to no file.
  public init?(of path: String) {
    guard let status = fileStatus(path) else { return nil }
    (device, inode) = (status.st_dev, status.st_ino)
  }
}

/// Whether both paths lead to the same file, or would if it were created; false if only one leads to a file.
public func isSameFile(_ path: String, _ other: String) -> Bool {
  switch (FileIdentity(of: path), FileIdentity(of: other)) {
  case (let one?, let other?): return one == other
  case (nil, nil):
    guard let one = endOfLinks(path), let other = endOfLinks(other),
      let folder = FileIdentity(of: parentFolder(of: one)), folder == FileIdentity(of: parentFolder(of: other))
    else { return false }
    return lastName(one).elementsEqual(lastName(other))
  default: return false
  }
}

/// The bytes of a path's last component.
private func lastName(_ path: String) -> Substring.UTF8View {
  path[(path.utf8.lastIndex(of: slash).map(path.utf8.index(after:)) ?? path.startIndex)...].utf8
}
