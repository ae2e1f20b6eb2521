import Files
import Foundation
import Testing

@Suite struct WholeFileTests {
  @Test func nothingIsThereBeforeTheEndAndNothingElseAfterIt() throws {
    try withFolder { folder in
      let path = folder + "/a.txt"
      var file = try WholeFile<Failure>(path: path)
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
        var file = try WholeFile<Failure>(path: path)
        try file.write([UInt8]("new".utf8))
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      #expect(folderEntries(folder) == ["a.txt"])
    }
  }

  @Test func foldersAreNotReplaced() throws {
    try withFolder { folder in
      for path in [folder, folder + "/absent/a", "", folder + "/"] {
        #expect(throws: Failure.self) { try writeWhole([UInt8](), to: path, failingAs: Failure.self) }
        #expect(throws: Failure.self) { try requireWritable(path, failingAs: Failure.self) }
      }
    }
  }

  @Test func devicesAndPipesAreWrittenTo() throws {
    try withFolder { folder in
      let link = folder + "/null"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
      for path in ["/dev/null", link] { try writeWhole([UInt8]("x".utf8), to: path, failingAs: Failure.self) }
      #expect(throws: Failure.cannotWrite(path: "/dev/full", reason: "no space left on device")) {
        try writeWhole([UInt8]("x".utf8), to: "/dev/full", failingAs: Failure.self)
      }
      for device in ["/dev/null", "/dev/full"] {
        #expect(try #require(fileStatus(device)).st_mode & S_IFMT == S_IFCHR)
      }
      let pipe = folder + "/pipe"
      mkfifo(pipe, 0o600)
      // Open for reading and writing, so that opening it never blocks.
      let reader = open(pipe, O_RDWR | O_NONBLOCK)
      defer { close(reader) }
      try writeWhole([UInt8]("through".utf8), to: pipe, failingAs: Failure.self)
      var buffer = [UInt8](repeating: 0, count: 20)
      #expect(read(reader, &buffer, 20) == 7 && String(decoding: buffer[..<7], as: UTF8.self) == "through")
      #expect(try #require(fileStatus(pipe)).st_mode & S_IFMT == S_IFIFO)
      #expect(folderEntries(folder) == ["null", "pipe"])
    }
  }

  @Test func linksAreFollowed() throws {
    try withFolder { folder in
      func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: folder + "/" + name, withDestinationPath: target)
      }
      try makeFolder(folder + "/deep", failingAs: Failure.self)
      try writeWhole([UInt8]("old".utf8), to: folder + "/deep/a", failingAs: Failure.self)
      try link("there", to: folder + "/deep/a")
      try link("chain", to: "there")
      try link("dangling", to: "deep/b")
      try link("ring", to: "ring")
      for (name, end) in [("there", "a"), ("chain", "a"), ("dangling", "b")] {
        try writeWhole([UInt8](name.utf8), to: folder + "/" + name, failingAs: Failure.self)
        #expect(try String(contentsOfFile: folder + "/deep/" + end, encoding: .utf8) == name)
      }
      #expect(throws: Failure.self) { try writeWhole([UInt8](), to: folder + "/ring", failingAs: Failure.self) }
      #expect(folderEntries(folder) == ["chain", "dangling", "deep", "ring", "there"])
      #expect(folderEntries(folder + "/deep") == ["a", "b"])
    }
  }

  @Test(arguments: [0o600, 0o640, 0o4755, 0o666] as [mode_t])
  func permissionsStay(mode: mode_t) throws {
    try withFolder { folder in
      let path = folder + "/a"
      try writeWhole([UInt8]("old".utf8), to: path, failingAs: Failure.self)
      chmod(path, mode)
      try writeWhole([UInt8]("new".utf8), to: path, failingAs: Failure.self)
      #expect(try #require(fileStatus(path)).st_mode & 0o7777 == mode)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everything"))
  func aFileThatMayNotBeWrittenIsLeftAlone() throws {
    try withFolder { folder in
      let path = folder + "/a"
      try writeWhole([UInt8]("old".utf8), to: path, failingAs: Failure.self)
      chmod(path, 0o444)
      #expect(throws: Failure.cannotWrite(path: path, reason: "permission denied")) {
        try writeWhole([UInt8]("new".utf8), to: path, failingAs: Failure.self)
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    }
  }

  @Test func askingWhetherAFileCanBeWrittenTouchesNothing() throws {
    try withFolder { folder in
      let path = folder + "/a"
      try requireWritable(path, failingAs: Failure.self)
      #expect(folderEntries(folder) == [])
      try writeWhole([UInt8]("old".utf8), to: path, failingAs: Failure.self)
      let before = try #require(fileStatus(path))
      try requireWritable(path, failingAs: Failure.self)
      let after = try #require(fileStatus(path))
      #expect(before.st_ino == after.st_ino && before.st_size == after.st_size)
      try requireWritable("/dev/null", failingAs: Failure.self)
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
