import Files
import Foundation

/// Reads a dataset's folder and counts its classes and images; throws if anything is wrong.
public typealias DatasetCheck = (_ folder: String) throws -> SplitCounts

extension Store {
  /// Fetches a dataset into the store unless it is there, and returns its folder. `check` runs before it is installed.
  public func fetch(_ item: LockedItem, check: DatasetCheck) throws -> String {
    if has(item) { return location(of: item) }
    try requireFetchable(item)
    let right = try locked()
    defer { withExtendedLifetime(right) {} }
    // Another process may have fetched it while this one waited.
    if has(item) { return location(of: item) }
    if !isOffline, let bytes = item.bytes { try requireSpace(missing(item) + bytes, in: folder) }
    for file in item.files { try fetch(file, of: item, to: downloadPath(file)) }
    return try install(item, check: check)
  }

  /// Fetches weights into the store unless they are there, and returns the file's path. `check` runs on files without a
  /// known checksum before they are installed.
  public func fetchWeights(_ item: LockedItem, check: (_ path: String) throws -> Void) throws -> String {
    if has(item) { return location(of: item) }
    try requireFetchable(item)
    let right = try locked()
    defer { withExtendedLifetime(right) {} }
    for file in item.files where !isAccessible(weightsPath(file), F_OK) {
      try fetch(file, of: item, to: downloadPath(file))
      try installWeights(file, check: check)
    }
    return location(of: item)
  }

  /// The bytes of its files not downloaded yet, as far as lengths are known.
  public func missing(_ item: LockedItem) -> Int {
    item.files.filter { !isAccessible(downloadPath($0), F_OK) }.reduce(0) { $0 + ($1.bytes ?? 0) }
  }

  /// Throws if a file is missing that may not or cannot be fetched.
  public func requireFetchable(_ item: LockedItem) throws(StoreError) {
    let absent = item.files.filter { !isAccessible(downloadPath($0), F_OK) }
    guard !absent.isEmpty else { return }
    if isOffline { throw .offline(name: item.name, files: absent.map(\.name)) }
    let without = absent.filter(\.addresses.isEmpty)
    guard without.isEmpty else { throw .noAddress(name: item.name, files: without.map(\.name), page: item.page) }
  }

  private func fetch(_ file: LockedFile, of item: LockedItem, to path: String) throws(StoreError) {
    // A file gets its final name only after its checksum was verified.
    guard !isAccessible(path, F_OK) else { return }
    let trusted = try LocalLock(path: localLockPath).files[file.name]?.sha256
    do throws(StoreError) {
      let known = file.sha256 ?? trusted
      _ = try Download(file: file, destination: path, sha256: known, policy: policy, context: context).run()
    } catch {
      guard case .cannotFetch(let name, let attempts, _, let keeps) = error, file.sha256 == nil, trusted != nil else {
        throw error
      }
      throw .cannotFetch(file: name, attempts: attempts, trustedBy: item, keeps: keeps)
    }
  }
}
