import Foundation
import TestSupport
import Testing

@testable import Files

@Suite struct ClutterTests {
  @Test(arguments: [
    ".DS_Store", "._photo.jpg", "Thumbs.db", "thumbs.db", "desktop.ini", "__MACOSX", "lost+found", "@eaDir", ".nfs0001",
  ]) func whatSystemsLeaveIsClutter(_ name: String) { #expect(isClutter(name)) }

  @Test(arguments: ["photo.jpg", "DS_Store", "_1.jpg", ".hidden", "Thumbs.db.jpg", "..", "lost"])
  func otherNamesAreNot(_ name: String) { #expect(!isClutter(name)) }

  @Test func aFolderOfClutterIsEmpty() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("lost+found"), withIntermediateDirectories: true)
      #expect(isEmptyFolder(folder.path))
      try Data().write(to: folder.appendingPathComponent("a"))
      #expect(!isEmptyFolder(folder.path) && !isEmptyFolder(folder.path + "/none"))
    }
  }
}
