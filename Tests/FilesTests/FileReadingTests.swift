import Foundation
import Testing

@testable import Files

@Suite struct FileReadingTests {
  @Test func whatIsTooLongIsReadNoFurther() throws {
    try withFolder { folder in
      let path = folder + "/a"
      let bytes = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0) })
      try writeWhole(bytes, to: path, failingAs: Failure.self)
      for longest in [1000, 1001, .max] { #expect(try readWhole(path, longest: longest) == bytes) }
      let tooLong = ReadFailure(reason: "it may have at most 999 bytes")
      for path in [path, "/dev/zero"] { #expect(throws: tooLong) { try readWhole(path, longest: 999) } }
      // A file that claims to be larger than any memory.
      try #require(truncate(path, 1 << 42) == 0)
      #expect(throws: tooLong) { try readWhole(path, longest: 999) }
    }
  }

  @Test func textKeepsEveryByte() throws {
    try withFolder { folder in
      try writeWhole([0x61, 0xE9, 0x0A] as [UInt8], to: folder + "/a", failingAs: Failure.self)
      #expect(try pathBytes(#require(readText(folder + "/a"))) == [0x61, 0xE9, 0x0A])
      #expect(readText(folder + "/b") == nil && readText(folder) == nil)
    }
  }
}
