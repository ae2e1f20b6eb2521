import Files
import Foundation
import Testing

private enum Failure: WriteFailure, Equatable { case cannotWrite(path: String, reason: String) }

private func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("files-" + UUID().uuidString).path
  try makeFolder(folder, failingAs: Failure.self)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

@Suite struct WholeFileTests {
  @Test func nothingIsThereBeforeTheEndAndNothingElseAfterIt() throws {
    try withFolder { folder in
      let path = folder + "/a.txt"
      let file = try WholeFile<Failure>(path: path)
      try file.write([UInt8]("one ".utf8))
      #expect(!FileManager.default.fileExists(atPath: path))
      try file.write([UInt8]("two".utf8))
      try file.commit()
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "one two")
      #expect(folderEntries(folder) == ["a.txt"])
    }
  }

  @Test func aFileThatIsGivenUpLeavesTheOldOne() throws {
    try withFolder { folder in
      let path = folder + "/a.txt"
      try writeWhole([UInt8]("old".utf8), to: path, failingAs: Failure.self)
      do {
        let file = try WholeFile<Failure>(path: path)
        try file.write([UInt8]("new".utf8))
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      #expect(folderEntries(folder) == ["a.txt"])
    }
  }

  @Test func foldersAndDevicesAreNotReplaced() throws {
    try withFolder { folder in
      for path in [folder, "/dev/null", folder + "/absent/a", "", folder + "/"] {
        #expect(throws: Failure.self) { try writeWhole([UInt8](), to: path, failingAs: Failure.self) }
      }
    }
  }

  @Test func linksAreFollowed() throws {
    try withFolder { folder in
      try writeWhole([UInt8]("old".utf8), to: folder + "/a", failingAs: Failure.self)
      try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: folder + "/a")
      try writeWhole([UInt8]("new".utf8), to: folder + "/link", failingAs: Failure.self)
      #expect(try String(contentsOfFile: folder + "/a", encoding: .utf8) == "new")
    }
  }

  @Test func foldersAreMadeWithThoseAboveThem() throws {
    try withFolder { folder in
      try makeFolder(folder + "/a/b/c", failingAs: Failure.self)
      try makeFolder(folder + "/a/b/c", failingAs: Failure.self)
      #expect(isFolder(folder + "/a/b/c") && isEmptyFolder(folder + "/a/b/c") && !isEmptyFolder(folder + "/a"))
      try writeWhole([UInt8](), to: folder + "/file", failingAs: Failure.self)
      #expect(throws: Failure.self) { try makeFolder(folder + "/file", failingAs: Failure.self) }
      #expect(throws: Failure.self) { try makeFolder(folder + "/file/b", failingAs: Failure.self) }
      #expect(folderEntries(folder + "/absent") == nil)
    }
  }
}
