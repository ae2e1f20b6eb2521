import Files
import Foundation

// Checks, unpacks and installs what has arrived.

extension Store {
  /// Whether at least a part of the file's checksum is known.
  private func isKnown(_ file: LockedFile) -> Bool { file.sha256 != nil || file.sha256Prefix != nil }

  /// Records the checksums of files without a known one, now that their contents were verified.
  func trust(_ files: [LockedFile]) throws(StoreError) {
    var local = try LocalLock(path: localLockPath)
    for file in files where file.sha256 == nil && local.files[file.name] == nil {
      let (bytes, sha256) = try checksum(of: downloadPath(file), shouldStop: context.shouldStop)
      local.files[file.name] = .init(bytes: bytes, sha256: sha256)
      try local.write(to: localLockPath)
      context.report(.trusted(file: file.name, bytes: bytes, sha256: sha256))
    }
  }

  /// Installs downloaded weights; `check` runs on those without a known checksum.
  func installWeights(_ file: LockedFile, check: (_ path: String) throws -> Void) throws {
    let (arrived, place) = (downloadPath(file), weightsPath(file))
    do { if !isKnown(file) { try check(arrived) } } catch {
      removeFile(arrived)
      throw error
    }
    try trust([file])
    guard renameFile(arrived, to: place), syncFolder(parentFolder(of: place)) else {
      throw StoreError.cannotWrite(path: place, reason: systemReason())
    }
  }

  /// Unpacks a dataset's files, all of them in downloads, checks the tree, and installs it.
  func install(_ item: LockedItem, check: DatasetCheck) throws -> String {
    do {
      try unpacking(item.name) { temporary in
        for file in item.files {
          if file.isArchive {
            try unpack(downloadPath(file), into: temporary)
          } else {
            try copy(downloadPath(file), to: temporary + "/" + file.name)
          }
        }
        try adopt(temporary, as: item, check: check)
      }
      try trust(item.files)
    } catch {
      // A file with a known checksum is right regardless of the check; any other may be to blame, so that the next
      // fetch must download it anew. Not so if the disk or the user is the cause.
      switch error {
      case StoreError.interrupted, StoreError.noSpace, StoreError.cannotWrite: throw error
      default: break
      }
      for file in item.files where file.sha256 == nil { removeFile(downloadPath(file)) }
      if case StoreError.damagedArchive(let path, _) = error { removeFile(path) }
      throw error
    }
    for file in item.files { removeFile(downloadPath(file)) }
    return location(of: item)
  }

  /// Calls `body` with a folder to unpack into, which is deleted afterwards unless it was renamed.
  func unpacking(_ name: String, _ body: (_ temporary: String) throws -> Void) throws {
    let temporary = folder + "/datasets/.\(name).unpacking"
    removeTree(temporary)
    defer { removeTree(temporary) }
    try makeFolder(temporary, failingAs: StoreError.self)
    try body(temporary)
  }

  func unpack(_ archive: String, into temporary: String) throws(StoreError) {
    var status = stat()
    guard archive.withPath({ stat($0, &status) }) == 0 else { throw .cannotRead(path: archive, reason: systemReason()) }
    try requireSpace(Int(status.st_size), in: temporary)
    let limits = ExtractionLimits(forArchiveOf: Int(status.st_size))
    try Extraction(archive: archive, folder: temporary, limits: limits, context: context).run()
  }

  /// Checks an unpacked tree, compares it with the first verification, and installs it.
  func adopt(_ temporary: String, as item: LockedItem, check: DatasetCheck) throws {
    let counts = try check(temporary)
    try item.require(counts)
    let tree = try hash(item.name, temporary)
    var local = try LocalLock(path: localLockPath)
    if let first = local.trees[item.name] {
      guard first.sha256 == tree.sha256 else {
        throw StoreError.unlikeFirst(name: item.name, expected: first.sha256, found: tree.sha256)
      }
    }
    try writeWhole(Array(tree.text.utf8), to: treePath(item.name), failingAs: StoreError.self)
    local.trees[item.name] = .init(counts: counts, files: tree.checksums.count, sha256: tree.sha256)
    try local.write(to: localLockPath)
    sync()  // thousands of files: one by one would take minutes
    guard renameFile(temporary, to: location(of: item)) else {
      throw StoreError.cannotWrite(path: location(of: item), reason: systemReason())
    }
    guard syncFolder(folder + "/datasets") else {
      throw StoreError.cannotWrite(path: location(of: item), reason: systemReason())
    }
    context.report(.noted(name: item.name, tree: tree.sha256, files: tree.checksums.count, counts: counts))
  }

  func hash(_ name: String, _ folder: String) throws(StoreError) -> Tree {
    let context = context
    return try Tree(of: folder, shouldStop: context.shouldStop) { done, count in
      context.report(.hashing(name: name, files: done, of: count))
    }
  }
}
