/// Whether both paths lead to the same file, by whatever links; false if one of them leads to none.
public func isSameFile(_ path: String, _ other: String) -> Bool {
  guard let first = fileStatus(path), let second = fileStatus(other) else { return false }
  return first.st_dev == second.st_dev && first.st_ino == second.st_ino
}
