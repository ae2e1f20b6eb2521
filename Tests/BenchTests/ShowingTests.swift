import ArgumentParser
import Files
import Foundation
import Records
import TestSupport
import Testing

@testable import bench

/// Commands that show results, and what a model sees.
@Suite struct ShowingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  private func make(_ names: String...) throws {
    for name in names {
      let file = URL(fileURLWithPath: path(name))
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("x".utf8).write(to: file)
    }
  }

  @Test func aFolderStandsForTheImagesInItByName() throws {
    try make("b/2.PNG", "b/1.jpeg", "b/notes.txt", "b/.hidden.jpg", "a.webp", "c/deep/er/3.jpg")
    try FileManager.default.createSymbolicLink(atPath: path("c/up"), withDestinationPath: folder.url.path)
    let found = ImagePaths([folder.url.path + "/b", path("absent.jpg"), path("b/notes.txt")])
    #expect(found.paths == ["b/1.jpeg", "b/2.PNG", "absent.jpg", "b/notes.txt"].map(path))
    // A link to a parent folder does not list images twice.
    #expect(ImagePaths([folder.url.path]).paths.count == 4)
  }

  @Test func inAFolderContentTellsAnImageFromOtherFiles() throws {
    try make("d/a.webp", "d/list", "d/short")
    for (name, bytes) in [
      ("photo.jfif", [0xFF, 0xD8, 0xFF]), ("none", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
      ("other.gif", [0x47]),
    ] {
      try Data(bytes.map(UInt8.init) + Array(repeating: 0, count: 12)).write(
        to: URL(fileURLWithPath: path("d/\(name)")))
    }
    #expect(mkfifo(path("d/pipe"), 0o600) == 0)
    // A file meant as an image that cannot be read is listed, so that it is reported.
    #expect(ImagePaths([path("d")]).paths == ["d/a.webp", "d/none", "d/other.gif", "d/photo.jfif"].map(path))
  }

  @Test func aListKeepsTheBytesOfItsNames() throws {
    try make("list")
    try Data("caf".utf8 + [0xE9] + ".jpg\n\na b.png\r\nlast".utf8).write(to: URL(fileURLWithPath: path("list")))
    let list = openFile(path("list"), O_RDONLY)
    defer { close(list) }
    let found = ImagePaths(["first.jpg", "-"], list: list)
    #expect(found.paths == ["first.jpg", pathText(Array("caf".utf8) + [0xE9] + Array(".jpg".utf8)), "a b.png", "last"])
  }

  @Test func aListMayEndItsNamesWithZeros() throws {
    try make("list")
    try Data("a\nb.png\0c.jpg\0".utf8).write(to: URL(fileURLWithPath: path("list")))
    let list = openFile(path("list"), O_RDONLY)
    defer { close(list) }
    #expect(ImagePaths(["-"], list: list).paths == ["a\nb.png", "c.jpg"])
  }

  @Test func aListThatCannotBeReadOrNamesNothingIsAProblem() throws {
    try make("empty-list", "folder/a.jpg")
    try Data().write(to: URL(fileURLWithPath: path("empty-list")))
    for (name, words) in [("empty-list", "names no image"), ("folder", "cannot be read: ")] {
      let list = openFile(path(name), O_RDONLY)
      defer { close(list) }
      let found = ImagePaths(["-"], list: list)
      #expect(found.paths == [] && found.problems.count == 1 && found.problems[0].contains(words))
    }
  }

  @Test func aFolderWithoutAnImageIsAProblem() throws {
    try make("empty/notes.txt")
    let found = ImagePaths([path("empty")])
    #expect(found.paths.isEmpty && found.problems.count == 1 && found.problems[0].hasPrefix(path("empty")))
  }

  @Test func nonsenseIsRefusedBeforeAnythingIsRead() throws {
    #expect(throws: (any Error).self) {
      try Bench.parseAsRoot(["predict", "--checkpoint", "a", "--top", "0", "b.jpg"])
    }
    #expect(throws: (any Error).self) { try Bench.parseAsRoot(["predict", "--checkpoint", "a"]) }
    #expect(throws: (any Error).self) { try Bench.parseAsRoot(["table", "a"]) }
    #expect(throws: (any Error).self) { try Bench.parseAsRoot(["table", "a", "--latex", "--csv"]) }
  }

  @Test func severalFoldersNeedAPlaceForWhatShowsThem() throws {
    try make("a/runs.csv", "b/runs.csv")
    for name in ["figures", "report"] {
      var command = try Bench.parseAsRoot([name, path("a"), path("b")])
      let error = #expect(throws: ValidationError.self) { try command.run() }
      #expect(error?.message.contains("--out") == true)
    }
  }

  @Test func whatIsNeitherAFolderNorAFigureIsSaidToBeNone() throws {
    var command = try Bench.parseAsRoot(["figures", path("nothing")])
    #expect(throws: RecordsError.noOutputFolder(path: path("nothing"))) { try command.run() }
  }
}
