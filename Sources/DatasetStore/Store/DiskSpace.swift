import Files
import Foundation

/// Throws `noSpace` unless the file system of `path`, or of the folder it will lie in, has room for so many bytes more.
func requireSpace(_ bytes: Int, in path: String) throws(StoreError) {
  var (folder, status) = (path, statvfs())
  while statvfs(folder, &status) != 0 {
    let above = parentFolder(of: folder)
    guard above != folder else { return }
    folder = above
  }
  let free = Int(
    clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
  // Some is left over for others.
  let reserve = 64 << 20
  guard bytes <= 0 || free - reserve >= bytes else {
    throw .noSpace(path: folder, needed: bytes + reserve, free: free)
  }
}
