import Files
import Foundation
import Testing

@Suite struct TemporaryTests {
  @Test func whatIsUnfinishedIsRemovedAndNothingElse() throws {
    try withFolder { folder in
      let others = [".gitkeep", ".tmp", ".x.tmp", ".0123456789abcdef0.tmp", "1f.tmp", ".1f.tmp2"]
      for name in others + [temporaryName(), temporaryName()] {
        try writeWhole([UInt8](1...9), to: folder + "/" + name, failingAs: Failure.self)
      }
      let inner = folder + "/" + temporaryName()
      try makeFolder(inner, failingAs: Failure.self)
      try writeWhole([UInt8](1...9), to: inner + "/chart.svg", failingAs: Failure.self)
      removeTemporaries(in: folder)
      #expect(Set(folderEntries(folder) ?? []) == Set(others))
    }
  }

  @Test func aFileThatIsBegunHasATemporaryName() throws {
    try withFolder { folder in
      var file = try WholeFile<Failure>(path: folder + "/a")
      try file.write([1, 2, 3])
      #expect(folderEntries(folder)?.count == 1)
      removeTemporaries(in: folder)
      #expect(folderEntries(folder) == [])
    }
  }
}
