import Files
import Testing

@Suite struct PrintableTextTests {
  @Test func nothingMovesATerminalsCursor() {
    #expect(printable("a\u{1B}[2J\u{9B}2J\u{7F}\n\tb") == "a?[2J?2J???b")
    #expect(printable("a\nb", keepingLines: true) == "a\nb" && printable("abc", limit: 2) == "ab")
    #expect(printable("Rødstrupe 鳥") == "Rødstrupe 鳥")
  }
}

@Suite struct EditDistanceTests {
  @Test func knownPairs() {
    #expect(editDistance("kitten", "sitting") == 3 && editDistance("", "abc") == 3 && editDistance("abc", "") == 3)
    #expect(editDistance("same", "same") == 0)
  }
}
