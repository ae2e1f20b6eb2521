import Files
import Foundation
import TestSupport
import Testing

@Suite struct SameFileTests {
  @Test func linksLeadToTheSameFileAndCopiesDoNot() throws {
    try withTemporaryFolder { folder in
      func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
      try Data([1]).write(to: URL(fileURLWithPath: path("a")))
      try Data([1]).write(to: URL(fileURLWithPath: path("copy")))
      try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: "a")
      try FileManager.default.linkItem(atPath: path("a"), toPath: path("hard"))
      for other in [
        path("a"), path("link"), path("hard"), folder.path + "/./a", folder.path + "/../\(folder.lastPathComponent)/a",
      ] {
        #expect(isSameFile(path("a"), other) && isSameFile(other, path("a")))
      }
      for other in [path("copy"), path("absent"), folder.path, ""] { #expect(!isSameFile(path("a"), other)) }
    }
  }

  @Test func filesThatAreNotThereYetWouldBeTheSame() throws {
    try withTemporaryFolder { folder in
      func path(_ name: String) -> String { folder.path + "/" + name }
      try FileManager.default.createDirectory(atPath: path("folder"), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(atPath: path("to folder"), withDestinationPath: "folder")
      try FileManager.default.createSymbolicLink(atPath: path("dangling"), withDestinationPath: "folder/new")
      for other in ["folder/new", "./folder//new", "to folder/new", "dangling", "folder/../folder/new"] {
        #expect(isSameFile(path("folder/new"), path(other)) && isSameFile(path(other), path("folder/new")))
      }
      for other in ["new", "folder/New", "folder/news", "nowhere/new", "folder"] {
        #expect(!isSameFile(path("folder/new"), path(other)) && !isSameFile(path(other), path("folder/new")))
      }
    }
  }
}
