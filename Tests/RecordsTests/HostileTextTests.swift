import Records
import Testing

@Suite struct HostileTextTests {
  @Test func whatAFolderOfRunsHoldsIsShownSo() {
    let error = RecordsError.wrongField(
      file: "runs.csv", line: 2, column: "seed", expected: "a number", found: "\u{1B}[2J")
    #expect(error.description.contains("'?[2J'"))
    #expect(!Finding(.runs, expected: "1", found: "\u{1B}c").description.contains("\u{1B}"))
  }
}
