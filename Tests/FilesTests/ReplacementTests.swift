import Foundation
import Testing

@testable import Files

@Suite struct ReplacementTests {
  private static let canExchange = Result {
    var isDone = false
    try withFolder { folder in
      for name in ["a", "b"] { try makeFolder(folder + "/" + name, failingAs: Failure.self) }
      isDone = exchangeFiles(folder + "/a", folder + "/b")
    }
    return isDone
  }

  /// Whichever call fails, once or permanently, the name always refers to a folder, either the old or the new one.
  @Test(
    .enabled("the file system cannot exchange names") { try canExchange.get() },
    arguments: (1...5).flatMap { ["rename:\($0):EIO", "rename:\($0)+:EIO"] } + ["fsync:1:EIO", "fsync:1+:EIO"])
  func thereIsAlwaysAFolder(fault: String) throws {
    try withFolder { folder in
      let (old, new) = (folder + "/old", folder + "/new")
      for path in [old, new] {
        try makeFolder(path, failingAs: Failure.self)
        try writeWhole([UInt8](path.utf8), to: path + "/a", failingAs: Failure.self)
      }
      let fault = try #require(Fault(fault))
      let isDone = Fault.$current.withValue(fault) { replaceFolder(old, by: new) }
      #expect(readText(old + "/a") == (isDone ? new : old))
      #expect(folderEntries(folder) == (isDone ? ["old"] : ["new", "old"]))
    }
  }

  @Test func aFileOrALinkIsReplacedToo() throws {
    try withFolder { folder in
      let (target, new) = (folder + "/target", folder + "/new")
      for make in [
        { try writeWhole([1] as [UInt8], to: target, failingAs: Failure.self) },
        { try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: "nowhere") },
      ] as [() throws -> Void] {
        try make()
        try makeFolder(new, failingAs: Failure.self)
        #expect(replaceFolder(target, by: new) && folderEntries(folder) == ["target"] && folderEntries(target) == [])
        removeTree(target)
      }
    }
  }
}
