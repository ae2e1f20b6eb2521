import Files
import Foundation
import Hashing

extension Store {
  /// The result of importing a file or folder.
  public enum Imported: Equatable, Sendable {
    /// The item is complete and installed.
    case installed(LockedItem, at: String)
    /// The file is in the store, but these files are still missing.
    case waiting(LockedItem, missing: [String])
  }

  /// Imports a file that the lock knows by its checksum or name: an archive of a dataset, or weights. The checks run on
  /// contents without a known checksum before they are installed.
  public func importFile(
    _ path: String, check: (LockedItem) -> DatasetCheck, weightsCheck: (_ path: String) throws -> Void
  ) throws -> Imported {
    let found = try checksum(of: path, shouldStop: context.shouldStop)
    let (item, file) = try match(path, found)
    let right = try locked()
    defer { withExtendedLifetime(right) {} }
    if has(item) { return .installed(item, at: location(of: item)) }
    try requireSpace(2 * found.bytes, in: folder)
    let place = downloadPath(file)
    if !isAccessible(place, F_OK) {
      let copied = try copy(path, to: place)
      guard copied == found.sha256 else {
        removeFile(place)
        throw StoreError.wrongFile(path: path, file: file.name, expected: found.sha256, found: "\(copied): it changed")
      }
    }
    guard item.kind == .datasets else {
      try installWeights(file, check: weightsCheck)
      return .installed(item, at: weightsPath(file))
    }
    let missing = item.files.map(\.name).filter { !isAccessible(folder + "/downloads/" + $0, F_OK) }
    guard missing.isEmpty else { return .waiting(item, missing: missing) }
    return .installed(item, at: try install(item, check: check(item)))
  }

  /// Imports a copy of a folder with a dataset's unpacked files; follows links in it.
  public func importFolder(_ source: String, as item: LockedItem, check: DatasetCheck) throws -> String {
    _ = try check(source)
    let right = try locked()
    defer { withExtendedLifetime(right) {} }
    if has(item) { return location(of: item) }
    try unpacking(item.name) { temporary in
      let paths = try Tree.paths(in: source, followingLinks: true)
      for (index, path) in paths.enumerated() {
        let target = temporary + "/" + path
        try makeFolder(parentFolder(of: target), failingAs: StoreError.self)
        try copy(source + "/" + path, to: target)
        context.report(.hashing(name: item.name, files: index + 1, of: paths.count))
      }
      try adopt(temporary, as: item, check: check)
    }
    return location(of: item)
  }

  /// Imports the contents of an archive whose checksum the lock lacks, such as Kaggle's zip files; `identify` returns
  /// the unpacked folder's dataset.
  public func importArchive(
    _ path: String, identify: (_ folder: String) throws -> LockedItem, check: (LockedItem) -> DatasetCheck
  ) throws -> Imported {
    let right = try locked()
    defer { withExtendedLifetime(right) {} }
    var imported: LockedItem?
    try unpacking("import") { temporary in
      try unpack(path, into: temporary)
      let item = try identify(temporary)
      if !has(item) { try adopt(temporary, as: item, check: check(item)) }
      imported = item
    }
    guard let imported else { preconditionFailure("an archive is imported or refused") }
    return .installed(imported, at: location(of: imported))
  }

  /// The files in a folder with the name of a file in the lock.
  public func knownFiles(in folder: String) -> [String] {
    let names = Set(lock.items.flatMap(\.files).map(\.name))
    return (folderEntries(folder) ?? []).filter(names.contains).map { folder + "/" + $0 }
  }

  private func match(
    _ path: String, _ found: (bytes: Int, sha256: String)
  ) throws(StoreError) -> (LockedItem, LockedFile) {
    let local = try LocalLock(path: localLockPath)
    for item in lock.items {
      for file in item.files where (file.sha256 ?? local.files[file.name]?.sha256) == found.sha256 {
        return (item, file)
      }
    }
    let name = String(path.split(separator: "/").last ?? "")
    for item in lock.items {
      for file in item.files where file.name == name {
        if let sha256 = file.sha256 ?? local.files[file.name]?.sha256 {
          throw .wrongFile(
            path: path, file: name, expected: "\(file.bytes.map { "\($0) bytes, " } ?? "")sha256 \(sha256)",
            found: "\(found.bytes) bytes, \(found.sha256)")
        }
        if let prefix = file.sha256Prefix, !found.sha256.hasPrefix(prefix) {
          throw .wrongFile(path: path, file: name, expected: "a sha256 that starts with \(prefix)", found: found.sha256)
        }
        return (item, file)
      }
    }
    throw .unknownFile(path: path, bytes: found.bytes, sha256: found.sha256)
  }

  /// Copies a file, which gets its name only when complete, and returns its checksum.
  @discardableResult
  func copy(_ source: String, to target: String) throws(StoreError) -> String {
    let hash = try SHA256.forStore()
    var file = try WholeFile<StoreError>(path: target)
    try eachPiece(of: source, shouldStop: context.shouldStop) { bytes throws(StoreError) in
      try file.write(bytes)
      hash.update(bytes)
    }
    try file.commit()
    return try hash.storeDigits
  }
}
