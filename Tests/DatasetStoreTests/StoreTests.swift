import Files
import Foundation
import Hashing
import Testing

@testable import DatasetStore

/// The fixtures' lock, with addresses at `port`.
private func fixtureLock(port: Int = 9, counts: String? = nil, withoutChecksums: Bool = false) throws -> Lock {
  var text = String(decoding: try fixture("fixtures.lock"), as: UTF8.self).replacing("PORT", with: "\(port)")
  if let counts { text = text.replacing(counts, with: "train = 77") }
  if withoutChecksums {
    text = text.split(separator: "\n").filter { !$0.hasPrefix("sha256") }.joined(separator: "\n")
  }
  return try Lock(text: text, path: "fixtures.lock")
}

private let counts = [
  "aircraft": SplitCounts(classes: 4, train: 8, test: 4), "cars": .init(classes: 3, train: 6, test: 3),
  "cub": .init(classes: 3, train: 9, test: 3),
]

private func check(_ name: String) -> DatasetCheck { { _ in counts[name] ?? .init(classes: 0, train: 0, test: 0) } }

extension Store {
  fileprivate func importFile(_ path: String) throws -> Imported {
    try importFile(path, check: { check($0.name) }, weightsCheck: { _ in })
  }
}

/// Calls `body` with a store in a new folder and a server of the fixtures.
private func withStore(
  withoutChecksums: Bool = false, _ body: (inout Store, LocalServer, Events) throws -> Void
) throws {
  let server = try LocalServer { request in
    guard let bytes = try? fixture(String(request.path.dropFirst())) else { return Reply(status: 404) }
    return .file(bytes, request)
  }
  defer { server.close() }
  try withFolder { folder in
    var store = Store(
      folder: folder + "/store", lock: try fixtureLock(port: server.port, withoutChecksums: withoutChecksums))
    store.policy = quickPolicy
    let events = Events()
    store.context = StoreContext(report: events.add)
    try body(&store, server, events)
  }
}

@Suite struct StoreTests {
  @Test(arguments: ["aircraft", "cars", "cub"]) func fetchedVerifiedRemoved(_ name: String) throws {
    try withStore { store, server, _ in
      let item = try store.lock.item(.datasets, name)
      #expect(!store.has(item) && !store.hasAnything(of: item))
      let place = try store.fetch(item, check: check(name))
      #expect(place == store.location(of: item) && store.has(item))
      #expect(server.requests.count == item.files.count)
      #expect(folderEntries(store.folder + "/downloads") == [])
      #expect(try store.verify(item, check: check(name)) == counts[name])
      #expect(try LocalLock(path: store.localLockPath).trees[name]?.counts == counts[name])
      // The tree's checksum is what sha256sum prints.
      let text = try String(contentsOfFile: store.treePath(name), encoding: .utf8)
      #expect(try LocalLock(path: store.localLockPath).trees[name]?.sha256 == SHA256.digits(of: text))
      #expect(try store.fetch(item, check: check(name)) == place && server.requests.count == item.files.count)
      #expect(store.hasAnything(of: item))
      #expect(try store.remove(item) && !store.hasAnything(of: item))
      #expect(try LocalLock(path: store.localLockPath).trees.isEmpty)
      #expect(try !store.remove(item))
    }
  }

  @Test func whatAKilledProcessLeftIsRemovedByTheNextOne() throws {
    try withStore { store, _, _ in
      let item = try store.lock.item(.datasets, "cub")
      _ = try store.fetch(item, check: check("cub"))
      for name in ["datasets/.cars.unpacking/a", "datasets/cub.removed/a", "downloads/.0a.tmp"] {
        try makeFolder(store.folder + "/" + name, failingAs: StoreError.self)
      }
      try store.remove(item)
      #expect(folderEntries(store.folder + "/datasets") == [] && folderEntries(store.folder + "/downloads") == [])
    }
  }

  @Test func aChangedTreeIsNamedFileByFile() throws {
    try withStore { store, _, _ in
      let item = try store.lock.item(.datasets, "cub")
      let place = try store.fetch(item, check: check("cub")) + "/CUB_200_2011/"
      try Data("new".utf8).write(to: URL(fileURLWithPath: place + "extra.txt"))
      try Data("changed".utf8).write(to: URL(fileURLWithPath: place + "README"))
      try FileManager.default.removeItem(atPath: place + "classes.txt")
      let error = #expect(throws: StoreError.self) { try store.verify(item, check: check("cub")) }
      guard case .changedTree(_, _, let differences, 0)? = error else { return #expect(error == nil) }
      #expect(
        differences == [
          "changed: CUB_200_2011/README", "missing: CUB_200_2011/classes.txt", "added: CUB_200_2011/extra.txt",
        ])
    }
  }

  @Test func offlineNeverTouchesTheNetwork() throws {
    try withStore { store, server, _ in
      store.isOffline = true
      let item = try store.lock.item(.datasets, "cub")
      let error = #expect(throws: StoreError.self) { try store.fetch(item, check: check("cub")) }
      #expect(error?.fault == .network && error?.description.contains("CUB_200_2011.tgz") == true)
      #expect(server.requests.isEmpty && !isFolder(store.folder))
      // It works once the file is imported.
      let result = try store.importFile(fixturePath("CUB_200_2011.tgz"))
      #expect(result == .installed(item, at: store.location(of: item)) && server.requests.isEmpty)
    }
  }

  @Test func aDatasetWithoutAddressesIsImportedFileByFile() throws {
    try withStore { store, _, _ in
      let item = try store.lock.item(.datasets, "cars")
      var missing = item.files.map(\.name)
      while let name = missing.popLast() {
        let result = try store.importFile(fixturePath(name))
        #expect(
          result
            == (missing.isEmpty ? .installed(item, at: store.location(of: item)) : .waiting(item, missing: missing)))
      }
      #expect(isFolder(store.location(of: item) + "/devkit") && isFolder(store.location(of: item) + "/cars_train"))
    }
  }

  @Test func foreignAndDamagedFilesAreNotImported() throws {
    try withStore { store, _, _ in
      try withFolder { folder in
        var bytes = try fixture("CUB_200_2011.tgz")
        bytes[100] ^= 1
        let path = folder + "/CUB_200_2011.tgz"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let wrong = #expect(throws: StoreError.self) { try store.importFile(path) }
        #expect(wrong?.description.contains("is not the file CUB_200_2011.tgz: expected") == true)
        #expect(wrong?.fault == .data)
        try Data([1]).write(to: URL(fileURLWithPath: folder + "/other.zip"))
        let other = #expect(throws: StoreError.self) { try store.importFile(folder + "/other.zip") }
        #expect(other?.description.contains("is not a file in the lock") == true)
        #expect(throws: StoreError.self) { try store.importFile(folder + "/absent") }
      }
    }
  }

  @Test func aFolderIsCopied() throws {
    try withStore { store, _, _ in
      let item = try store.lock.item(.datasets, "cub")
      let place = try store.fetch(item, check: check("cub"))
      try withFolder { folder in
        var other = Store(folder: folder + "/other", lock: store.lock)
        other.isOffline = true
        let copy = try other.importFolder(place, as: item, check: check("cub"))
        #expect(try Tree(of: copy) == Tree(of: place))
      }
    }
  }

  @Test func linksAreFollowedWhenAFolderIsTaken() throws {
    try withStore { store, _, _ in
      let item = try store.lock.item(.datasets, "cub")
      let place = try store.fetch(item, check: check("cub"))
      try withFolder { folder in
        let files = FileManager.default
        let linked = folder + "/linked"
        try files.createDirectory(atPath: linked + "/CUB_200_2011/images", withIntermediateDirectories: true)
        try files.createSymbolicLink(atPath: linked + "/attributes.txt", withDestinationPath: place + "/attributes.txt")
        for name in try #require(folderEntries(place + "/CUB_200_2011")) where name != "images" {
          try files.createSymbolicLink(
            atPath: linked + "/CUB_200_2011/" + name, withDestinationPath: place + "/CUB_200_2011/" + name)
        }
        for name in try #require(folderEntries(place + "/CUB_200_2011/images")) {
          try files.createSymbolicLink(
            atPath: linked + "/CUB_200_2011/images/" + name,
            withDestinationPath: place + "/CUB_200_2011/images/" + name)
        }
        try Data([1]).write(to: URL(fileURLWithPath: linked + "/CUB_200_2011/.DS_Store"))
        var other = Store(folder: folder + "/other", lock: store.lock)
        other.isOffline = true
        let copy = try other.importFolder(linked, as: item, check: check("cub"))
        #expect(try Tree(of: copy) == Tree(of: place))
        try files.createSymbolicLink(atPath: linked + "/circle", withDestinationPath: linked)
        _ = try other.remove(item)
        let error = #expect(throws: StoreError.self) { try other.importFolder(linked, as: item, check: check("cub")) }
        #expect(error?.description.contains("its links form a loop") == true && !other.has(item))
      }
    }
  }

  @Test func whatDesktopsLeaveChangesNoTree() throws {
    try withStore { store, _, _ in
      let item = try store.lock.item(.datasets, "cub")
      let place = try store.fetch(item, check: check("cub")) + "/CUB_200_2011/"
      for name in [".DS_Store", "images/Thumbs.db", "images/._x", "desktop.ini"] {
        try Data([1]).write(to: URL(fileURLWithPath: place + name))
      }
      #expect(try store.verify(item, check: check("cub")) == counts["cub"])
    }
  }

  /// Kaggle's archives are recognised by their contents.
  @Test func aZipFileIsKnownByItsContent() throws {
    try withStore { store, server, _ in
      let item = try store.lock.item(.datasets, "cub")
      let place = try store.fetch(item, check: check("cub"))
      try withFolder { folder in
        let path = fixturePath("archive.zip")
        let other = Store(folder: folder + "/other", lock: store.lock)
        let error = #expect(throws: StoreError.self) { try other.importFile(path) }
        guard case .unknownFile? = error else { return #expect(error == nil) }
        struct NoDataset: Error {}
        #expect(throws: NoDataset.self) {
          try other.importArchive(path, identify: { _ in throw NoDataset() }, check: { check($0.name) })
        }
        #expect(folderEntries(other.folder + "/datasets") == [])
        let result = try other.importArchive(
          path,
          identify: {
            #expect(isFolder($0 + "/archive/CUB_200_2011")); return item
          }, check: { check($0.name) })
        #expect(result == .installed(item, at: other.location(of: item)))
        #expect(try Tree(of: other.location(of: item) + "/archive") == Tree(of: place))
      }
    }
  }

  @Test func theFirstFetchIsTrustedAndHeld() throws {
    try withStore(withoutChecksums: true) { store, _, events in
      let item = try store.lock.item(.datasets, "cub")
      _ = try store.fetch(item, check: check("cub"))
      let sha256 = digest(try fixture("CUB_200_2011.tgz"))
      #expect(events.all.contains(.trusted(file: "CUB_200_2011.tgz", bytes: item.bytes ?? 0, sha256: sha256)))
      #expect(!events.all.contains(.verified(file: "CUB_200_2011.tgz", sha256: sha256)), "nothing said what is right")
      #expect(try LocalLock(path: store.localLockPath).files["CUB_200_2011.tgz"]?.sha256 == sha256)
      // Another file at that address is rejected as long as the first is remembered.
      try FileManager.default.removeItem(atPath: store.location(of: item))
      var local = try LocalLock(path: store.localLockPath)
      local.files["CUB_200_2011.tgz"] = .init(bytes: 1, sha256: digest([1]))
      try local.write(to: store.localLockPath)
      let error = #expect(throws: StoreError.self) { try store.fetch(item, check: check("cub")) }
      #expect(error?.description.contains("wrong bytes") == true)
    }
  }

  @Test func whatFailsItsCheckGetsNoName() throws {
    struct Refused: Error {}
    try withStore { store, server, _ in
      let item = try store.lock.item(.datasets, "cub")
      #expect(throws: Refused.self) { try store.fetch(item) { _ in throw Refused() } }
      #expect(!store.has(item) && folderEntries(store.folder + "/datasets") == [])
      let wrong = #expect(throws: StoreError.self) {
        try store.fetch(item) { _ in SplitCounts(classes: 3, train: 8, test: 3) }
      }
      #expect(wrong == .wrongCounts(name: "cub", what: "training images", expected: 9, found: 8))
      // The archive is present and correct, so it is not fetched again.
      _ = try store.fetch(item, check: check("cub"))
      #expect(server.requests.count == 1)
    }
  }

  @Test func oneProcessAtATime() throws {
    try withStore { store, _, events in
      let right = try store.locked()
      var stopped = store
      var polls = 0
      stopped.context.shouldStop = {
        polls += 1
        return polls > 3
      }
      let item = try store.lock.item(.datasets, "cub")
      #expect(throws: StoreError.interrupted(kept: nil)) { try stopped.fetch(item, check: check("cub")) }
      #expect(events.all == [.waiting])
      withExtendedLifetime(right) {}
    }
  }

  @Test func aFullDiskIsSaidBefore() throws {
    try withFolder { folder in
      let error = #expect(throws: StoreError.self) { try requireSpace(1 << 60, in: folder + "/not/there/yet") }
      #expect(error?.fault == .output && error?.description.contains("S3N_DATA") == true)
      try requireSpace(1, in: folder)
    }
  }

  @Test func theStandardFolder() {
    #expect(Store.standardFolder { ["S3N_DATA": "/a/b", "HOME": "/h"][$0] } == "/a/b")
    #expect(Store.standardFolder { ["XDG_DATA_HOME": "/x", "HOME": "/h"][$0] } == "/x/s3n-bench")
    #expect(Store.standardFolder { ["XDG_DATA_HOME": "x", "HOME": "/h"][$0] } == "/h/.local/share/s3n-bench")
    #expect(Store.standardFolder { ["S3N_DATA": "", "HOME": "/h"][$0] } == "/h/.local/share/s3n-bench")
  }
}
