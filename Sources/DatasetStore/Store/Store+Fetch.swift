import Files
import Foundation

/// Reads a dataset's folder and counts its classes and images; throws if anything is amiss.
public typealias DatasetCheck = (_ folder: String) throws -> SplitCounts

extension Store {
  /// Brings a dataset into the store, unless it is there; returns its folder. `check` sees it before it gets its name.
  public func fetch(_ item: LockedItem, check: DatasetCheck) throws -> String {
    if has(item) { return location(of: item) }
    try requireFetchable(item)
    let right = try locked()
    defer { withExtendedLifetime(right) {} }
    // Another process may have brought it while we waited.
    if has(item) { return location(of: item) }
    if !isOffline, let bytes = item.bytes { try requireSpace(missing(item) + bytes, in: folder) }
    for file in item.files { try fetch(file, to: downloadPath(file)) }
    return try install(item, check: check)
  }

  /// Brings weights into the store, unless they are there; returns the file's path.
  public func fetchWeights(_ item: LockedItem) throws(StoreError) -> String {
    if has(item) { return location(of: item) }
    try requireFetchable(item)
    let right = try locked()
    defer { withExtendedLifetime(right) {} }
    for file in item.files { try fetch(file, to: folder + "/weights/" + file.name) }
    return location(of: item)
  }

  /// The bytes of its files that are not there yet, as far as lengths are known.
  public func missing(_ item: LockedItem) -> Int {
    item.files.filter { access(downloadPath($0), F_OK) != 0 }.reduce(0) { $0 + ($1.bytes ?? 0) }
  }

  /// Throws if something is missing that may not or cannot be fetched.
  public func requireFetchable(_ item: LockedItem) throws(StoreError) {
    let absent = item.files.filter { access(downloadPath($0), F_OK) != 0 }
    guard !absent.isEmpty else { return }
    if isOffline { throw .offline(name: item.name, files: absent.map(\.name)) }
    let without = absent.filter(\.addresses.isEmpty)
    guard without.isEmpty else { throw .noAddress(name: item.name, files: without.map(\.name), page: item.page) }
  }

  private func fetch(_ file: LockedFile, to path: String) throws(StoreError) {
    // A whole file got its name after its checksum was right.
    guard access(path, F_OK) != 0 else { return }
    let local = try LocalLock(path: localLockPath)
    let known = file.sha256 ?? local.files[file.name]?.sha256
    let digits = try Download(file: file, destination: path, sha256: known, policy: policy, context: context).run()
    try trust(file, at: path, digits)
  }

  /// Notes the checksum of a file that nobody knew one of.
  func trust(_ file: LockedFile, at path: String, _ digits: String) throws(StoreError) {
    var local = try LocalLock(path: localLockPath)
    guard file.sha256 == nil, local.files[file.name] == nil else { return }
    var status = stat()
    guard stat(path, &status) == 0 else { throw .cannotRead(path: path, reason: systemReason()) }
    local.files[file.name] = .init(bytes: Int(status.st_size), sha256: digits)
    try local.write(to: localLockPath)
    context.report(.trusted(file: file.name, bytes: Int(status.st_size), sha256: digits))
  }

  /// Unpacks a dataset's files, which are all in downloads, checks the tree, and gives it its name.
  func install(_ item: LockedItem, check: DatasetCheck) throws -> String {
    let temporary = folder + "/datasets/.\(item.name).unpacking"
    try? FileManager.default.removeItem(atPath: temporary)
    defer { try? FileManager.default.removeItem(atPath: temporary) }
    try makeFolder(temporary, failingAs: StoreError.self)
    for file in item.files {
      let path = downloadPath(file)
      var status = stat()
      guard stat(path, &status) == 0 else { throw StoreError.cannotRead(path: path, reason: systemReason()) }
      try requireSpace(Int(status.st_size), in: temporary)
      if file.isArchive {
        let limits = ExtractionLimits(forArchiveOf: Int(status.st_size))
        do throws(StoreError) {
          try Extraction(archive: path, folder: temporary, limits: limits, context: context).run()
        } catch {
          // The next fetch brings it anew instead of finding it here again.
          if case .damagedArchive = error { unlink(path) }
          throw error
        }
      } else {
        try copy(path, to: temporary + "/" + file.name)
      }
    }
    try adopt(temporary, as: item, check: check)
    for file in item.files { unlink(downloadPath(file)) }
    return location(of: item)
  }

  /// Checks an unpacked tree, holds it against what was found the first time, and gives it its name.
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
    guard rename(temporary, location(of: item)) == 0 else {
      throw StoreError.cannotWrite(path: location(of: item), reason: systemReason())
    }
    syncFolder(folder + "/datasets")
    context.report(.noted(name: item.name, tree: tree.sha256, files: tree.checksums.count, counts: counts))
  }

  func hash(_ name: String, _ folder: String) throws(StoreError) -> Tree {
    let context = context
    return try Tree(of: folder, shouldStop: context.shouldStop) { done, count in
      context.report(.hashing(name: name, files: done, of: count))
    }
  }
}
