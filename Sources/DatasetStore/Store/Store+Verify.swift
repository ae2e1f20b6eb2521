import Files
import Foundation

extension Store {
  /// Reads all of a dataset's files again and compares them with the first verification, of which local.lock and the list
  /// of the tree's checksums tell.
  @discardableResult
  public func verify(_ item: LockedItem, check: DatasetCheck) throws -> SplitCounts {
    let place = location(of: item)
    guard has(item) else { throw absence(of: item) }
    let tree = try hash(item.name, place)
    let list = readText(treePath(item.name)).flatMap { try? Tree(text: $0, path: treePath(item.name)) }
    let first = try LocalLock(path: localLockPath).trees[item.name]?.sha256 ?? list?.sha256
    if let first, first != tree.sha256 { throw try change(of: item, place, tree, first) }
    let counts = try check(place)
    try item.require(counts)
    context.report(.noted(name: item.name, tree: tree.sha256, files: tree.checksums.count, counts: counts))
    return counts
  }

  /// Reads the weights again and compares their checksum with the lock's or the first fetch's, or with as much of it as
  /// the lock has.
  public func verifyWeights(_ item: LockedItem) throws(StoreError) {
    guard has(item) else { throw absence(of: item) }
    let local = try LocalLock(path: localLockPath)
    for file in item.files {
      let path = folder + "/weights/" + file.name
      let found = try checksum(of: path, shouldStop: context.shouldStop)
      let expected = file.sha256 ?? local.files[file.name]?.sha256
      guard expected.map({ $0 == found.sha256 }) ?? found.sha256.hasPrefix(file.sha256Prefix ?? "") else {
        throw .wrongFile(
          path: path, file: file.name,
          expected: expected.map { "sha256 \($0)" } ?? "a sha256 that starts with \(file.sha256Prefix ?? "")",
          found: "\(found.sha256), \(found.bytes) bytes", item: item)
      }
      context.report(.verified(file: file.name, sha256: found.sha256))
    }
  }

  public func absence(of item: LockedItem) -> StoreError {
    .absent(
      name: item.name, folder: folder,
      advice: "Fetch it with: \(item.kind.command) fetch \(item.name)")
  }

  private func change(
    of item: LockedItem, _ place: String, _ tree: Tree, _ expected: String
  ) throws(StoreError) -> StoreError {
    let path = treePath(item.name)
    guard let data = try? readWhole(path) else {
      return .unlikeFirst(name: item.name, expected: expected, found: tree.sha256)
    }
    let first = try Tree(text: String(decoding: data, as: UTF8.self), path: path)
    let differences = first.differences(to: tree)
    guard first.sha256 == expected, !differences.isEmpty else {
      return .unlikeFirst(name: item.name, expected: expected, found: tree.sha256)
    }
    return .changedTree(
      name: item.name, folder: place, differences: Array(differences.prefix(10)), more: max(0, differences.count - 10))
  }
}
