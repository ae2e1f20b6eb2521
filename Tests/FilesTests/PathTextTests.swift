import Files
import Foundation
import Testing

@Suite struct PathTextTests {
  @Test func anyBytesComeBack() {
    let pieces: [[UInt8]] = [
      [0x61], [0xE9], [0xC3, 0xA9], [0x65, 0xCC, 0x81], [0xF4, 0x8F, 0xB8, 0x80], [0xF4, 0x8F, 0xBB, 0xBF], [0xFF],
      [0xF4],
      [0x2F], [0xED, 0xA0, 0x80],
    ]
    // All sequences of up to four pieces.
    var sequences: [[UInt8]] = [[]]
    for _ in 0..<4 { sequences = Array(Set(sequences + sequences.flatMap { start in pieces.map { start + $0 } })) }
    for bytes in sequences where pathBytes(pathText(bytes)) != bytes { Issue.record("\(bytes) come back otherwise") }
  }

  @Test func textIsLeftAsItIs() {
    for text in ["", "plain", "grün", "gru\u{308}n", "鳥"] {
      #expect(Array(pathText(Array(text.utf8)).utf8) == Array(text.utf8))
    }
  }

  @Test func filesAreFoundUnderNamesThatAreNoUTF8() throws {
    try withFolder { folder in
      let names = [[0x4D, 0xFC, 0x6C], [0x4D, 0xC3, 0xBC, 0x6C], [0x4D, 0x75, 0xCC, 0x88, 0x6C]] as [[UInt8]]
      for name in names {
        let deep = folder + "/" + pathText(name)
        try makeFolder(deep, failingAs: Failure.self)
        try writeWhole(name, to: deep + "/a", failingAs: Failure.self)
      }
      let entries = try #require(folderEntries(folder))
      #expect(Set(entries.map(pathBytes)) == Set(names))
      for name in entries { #expect(try readWhole(folder + "/" + name + "/a") == Data(pathBytes(name))) }
    }
  }
}
