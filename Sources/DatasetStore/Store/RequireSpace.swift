import Limits

/// Throws `noSpace` unless the file system of `path`, or of its future folder, has room for this many more bytes.
func requireSpace(_ bytes: Int, in path: String) throws(StoreError) {
  guard let space = DiskSpace(of: path) else { return }
  // Leave some space for others.
  let reserve = 64 << 20
  guard bytes <= 0 || space.freeBytes - reserve >= bytes else {
    throw .noSpace(path: space.folder, needed: bytes + reserve, free: space.freeBytes)
  }
}
