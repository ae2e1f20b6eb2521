import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct ProgramCommitTests {
  private let folder: TemporaryFolder
  private var bin: URL { folder.url.appendingPathComponent("bin", isDirectory: true) }

  init() throws { folder = try TemporaryFolder() }

  @Test func anArchiveSaysItsProgramsCommit() throws {
    try folder.write(#"{"hash": "1c67fa1", "dirty": true, "date": "2026-01-01T00:00:00Z"}"#, to: "commit.json")
    #expect(
      PackagedCommit.read(besideProgramsIn: bin)
        == PackagedCommit(hash: "1c67fa1", dirty: true, date: "2026-01-01T00:00:00Z"))
  }

  @Test(arguments: [nil, "", "{", #"{"hash": "1c67fa1"}"#])
  func whatIsNoArchiveSaysNothing(text: String?) throws {
    if let text { try folder.write(text, to: "commit.json") }
    #expect(PackagedCommit.read(besideProgramsIn: bin) == nil)
  }

  /// Test programs are not in an archive: their commit is the one that git reports, and its date is known.
  @Test func aCheckoutsCommitHasADate() throws {
    guard let commit = RunEnvironment.Commit.current else { return }
    let date = try #require(commit.date)
    #expect(try Date(date, strategy: .iso8601) < Date())
  }
}
