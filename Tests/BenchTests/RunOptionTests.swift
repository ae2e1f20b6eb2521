import Foundation
import TestSupport
import Testing

@testable import bench

@Suite struct RunOptionTests {
  /// As a job queue starts them.
  @Test func jobsOfOneSecondHaveFoldersOfTheirOwn() throws {
    let folder = try TemporaryFolder()
    let options = try RunOptions.parse([])
    let parent = folder.url.path + "/deep/runs"
    let paths = try (0..<3).map { _ in
      try options.folder(dataset: "cub", recipe: "paper", in: parent, date: Date(timeIntervalSince1970: 0)).path
    }
    #expect(Set(paths).count == 3)
    #expect(paths.allSatisfy { $0.hasPrefix(parent + "/cub-paper-") && FileManager.default.fileExists(atPath: $0) })
  }

  @Test func aFolderThatIsNamedIsTakenAsItIs() throws {
    let folder = try RunOptions.parse(["--out", "some/where"]).folder(dataset: "cub", recipe: "paper")
    #expect(folder.relativePath == "some/where")
  }
}
