import Glibc

/// A hidden name that nothing in a folder has: a clash of 64 random bits is an error of the system like any other.
///
/// What lies under such a name is unfinished.
public func temporaryName() -> String { ".\(String(UInt64.random(in: .min ... .max), radix: 16))\(ending)" }

/// Removes what lies in a folder under temporary names, left by processes that were killed: all of it, for whoever alone writes to the
/// folder, or what nobody has touched for some seconds.
public func removeTemporaries(in folder: String, untouchedFor seconds: Int? = nil) {
  for name in folderEntries(folder) ?? [] where isTemporary(name) {
    let path = folder + "/" + name
    let age = fileStatus(path).map { time(nil) - $0.st_mtim.tv_sec } ?? 0
    if seconds.map({ age >= $0 }) ?? true { removeTree(path) }
  }
}

/// Whether a name is one that `temporaryName` gives.
public func isTemporary(_ name: String) -> Bool {
  guard name.hasPrefix("."), name.hasSuffix(ending) else { return false }
  let digits = name.dropFirst().dropLast(ending.count)
  return (1...16).contains(digits.count) && UInt64(digits, radix: 16) != nil
}

private let ending = ".tmp"
