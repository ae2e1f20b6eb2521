import Foundation
import TestSupport
import Testing

@testable import bench

@Suite struct FreshRunsTests {
  @Test func aFolderThatHoldsRunsIsNotJudgedInTheirPlace() throws {
    let temporary = try TemporaryFolder()
    let kept = temporary.url.appendingPathComponent("kept").path
    #expect(try FreshRuns.folder(keptAs: kept) { $0.path } == kept)
    try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
    try Data("run_id\n".utf8).write(to: URL(fileURLWithPath: kept + "/runs.csv"))
    #expect(throws: RegressError.holdsRuns(path: kept)) { try FreshRuns.folder(keptAs: kept) { $0 } }
    let gone = try FreshRuns.folder(keptAs: nil) { folder in
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return folder.path
    }
    #expect(!FileManager.default.fileExists(atPath: gone))
  }
}
