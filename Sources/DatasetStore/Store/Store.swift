import Files
import Foundation

/// The folder for fetched datasets and weights, and the lock that specifies them.
///
///     datasets/NAME      unpacked, checked
///     weights/FILE       checked
///     trees/NAME.sha256  the checksums of a dataset's files
///     local.lock         the results of the first verification
///     downloads/         complete archives before installation, and parts
public struct Store {
  public let folder: String
  public let lock: Lock
  public var policy = DownloadPolicy()
  /// Whether to stay off the network.
  public var isOffline = false
  public var context = StoreContext()

  public init(folder: String, lock: Lock) {
    self.folder = folder
    self.lock = lock
  }

  /// `$S3N_DATA`, or s3n-bench in the XDG data folder.
  public static func standardFolder(_ variable: (String) -> String? = environmentVariable) -> String {
    func absolute(_ name: String) -> String? { variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
    // XDG ignores relative paths; ours may be relative.
    if let own = variable("S3N_DATA"), !own.isEmpty { return own }
    return (absolute("XDG_DATA_HOME") ?? (absolute("HOME") ?? NSHomeDirectory()) + "/.local/share") + "/s3n-bench"
  }

  /// The path of an item, present or not.
  public func location(of item: LockedItem) -> String {
    switch item.kind {
    case .datasets: folder + "/datasets/" + item.name
    case .weights: folder + "/weights/" + (item.files.first?.name ?? item.name)
    }
  }

  /// Whether the item is there; it was verified on arrival.
  public func has(_ item: LockedItem) -> Bool {
    switch item.kind {
    case .datasets: isFolder(location(of: item))
    case .weights: item.files.allSatisfy { isAccessible(weightsPath($0), F_OK) }
    }
  }

  private static let folders = ["datasets", "weights", "trees", "downloads"]
  var localLockPath: String { folder + "/local.lock" }
  func treePath(_ name: String) -> String { folder + "/trees/" + name + ".sha256" }
  func downloadPath(_ file: LockedFile) -> String { folder + "/downloads/" + file.name }
  func weightsPath(_ file: LockedFile) -> String { folder + "/weights/" + file.name }

  /// Creates the store's folders and acquires the lock to change them.
  func locked() throws(StoreError) -> StoreLock {
    for name in Self.folders {
      try makeFolder(folder + "/" + name, failingAs: StoreError.self)
    }
    let right = try StoreLock(folder: folder, context)
    removeLeftovers()
    return right
  }

  /// Removes what killed processes left unfinished; requires the lock to change the store.
  private func removeLeftovers() {
    for inner in Self.folders.map({ folder + "/" + $0 }) {
      removeTemporaries(in: inner)
      for name in folderEntries(inner) ?? [] where [".unpacking", ".removed"].contains(where: name.hasSuffix) {
        removeTree(inner + "/" + name)
      }
    }
  }

  /// Whether any file of a dataset or weights is here, including partial downloads.
  public func hasAnything(of item: LockedItem) -> Bool { paths(of: item).contains { isAccessible($0, F_OK) } }

  /// All paths that a dataset or weights and their parts may have.
  private func paths(of item: LockedItem) -> [String] {
    var paths = [treePath(item.name)]
    for file in item.files {
      let path = downloadPath(file)
      paths += [path, path + ".part", path + ".part.json"]
      if item.kind == .weights { paths.append(folder + "/weights/" + file.name) }
    }
    if item.kind == .datasets { paths.append(location(of: item)) }
    return paths
  }

  /// Removes a dataset or weights, their parts and records; returns false if there were none.
  @discardableResult
  public func remove(_ item: LockedItem) throws(StoreError) -> Bool {
    guard isFolder(folder) else { return false }
    let right = try locked()
    defer { withExtendedLifetime(right) {} }
    var removed = false
    for path in paths(of: item) where isAccessible(path, F_OK) {
      // Rename first, so that others see all of it or nothing.
      let away = path + ".removed"
      removeTree(away)
      guard renameFile(path, to: away) else { throw .cannotWrite(path: path, reason: systemReason()) }
      guard removeTree(away) else { throw .cannotWrite(path: away, reason: systemReason()) }
      removed = true
    }
    var local = try LocalLock(path: localLockPath)
    let before = local
    if item.kind == .datasets { local.trees[item.name] = nil }
    for file in item.files { local.files[file.name] = nil }
    if local != before { try local.write(to: localLockPath) }
    return removed
  }
}
