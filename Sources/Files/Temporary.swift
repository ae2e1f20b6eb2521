import Glibc

/// A hidden name that is unused in its folder: a clash of 64 random bits is reported like any other system error.
///
/// Files with such a name are unfinished.
public func temporaryName() -> String { ".\(String(UInt64.random(in: .min ... .max), radix: 16))\(ending)" }

/// Removes the temporary files that killed processes left in a folder: all of them, if only the caller writes to the
/// folder, or those untouched for `seconds`.
public func removeTemporaries(in folder: String, untouchedFor seconds: Int? = nil) {
  for name in folderEntries(folder) ?? [] where isTemporary(name) {
    let path = folder + "/" + name
    let age = fileStatus(path).map { time(nil) - $0.st_mtim.tv_sec } ?? 0
    if seconds.map({ age >= $0 }) ?? true { removeTree(path) }
  }
}

/// Whether a name has the form that `temporaryName` returns.
public func isTemporary(_ name: String) -> Bool {
  guard name.hasPrefix("."), name.hasSuffix(ending) else { return false }
  let digits = name.dropFirst().dropLast(ending.count)
  return (1...16).contains(digits.count) && UInt64(digits, radix: 16) != nil
}

private let ending = ".tmp"
