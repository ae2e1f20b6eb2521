import Foundation
import TestSupport
import Testing

/// Checks that everything the documentation names exists (files, tests), and that the first page is not too long.
@Suite struct DocumentationTests {
  private static let root = Repository.root
  /// All pages: those at the top level, those in docs, and the library's.
  private static let pages = ["", "docs/", "Sources/S3NEngine/S3NEngine.docc/"].flatMap { folder in
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + folder)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { folder + $0 }
  }
  private static let tests = Result {
    let files = FileManager.default.enumerator(
      at: root.appendingPathComponent("Tests"), includingPropertiesForKeys: nil)
    return try (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }
  }

  private func text(of page: String) throws -> String {
    try Repository.text(of: page)
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: Self.root.path + "/" + path) }

  @Test func thePagesAreFound() {
    #expect(Self.pages.contains("README.md") && Self.pages.contains("docs/output-files.md"))
  }

  @Test(arguments: pages) func linksLeadToFiles(page: String) throws {
    let folder = page.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    for match in try text(of: page).matches(of: /\]\(([^)#\s]+)(?:#[^)\s]*)?\)/) where !match.1.contains("://") {
      #expect(isThere(folder + match.1), "\(page) links to \(match.1), which is not there")
    }
  }

  /// `ATests` is a suite or a target's folder, `ATests.name` a test in a suite.
  @Test(arguments: pages) func theTestsThatArePromisedAreThere(page: String) throws {
    for match in try text(of: page).matches(of: /`(\w+Tests)(?:\.(\w+))?`/) {
      let suites = try Self.tests.get().filter { $0.contains("struct \(match.1) ") }
      let found = match.2.map { name in suites.contains { $0.contains("func \(name)(") } }
      #expect(
        found ?? (!suites.isEmpty || isThere("Tests/\(match.1)")), "\(page) promises \(match.0), which is not there")
    }
  }

  @Test func theOutputFilesAndTheirColumnsAreNamed() throws {
    let page = try text(of: "docs/output-files.md")
    let files = try text(of: "Sources/Records/Folder/RecordsFile.swift").matches(of: /case \w+ = "([\w-]+)\.(\w+)"/)
    #expect(files.count > 8)
    for file in files {
      let isNamed = page.contains("`\(file.1).\(file.2)`") || page.contains("`\(file.1).*`")
      #expect(isNamed, "docs/output-files.md does not say what \(file.1).\(file.2) is")
    }
    for row in ["RunRow", "EpochRow", "PredictionRow", "FingerprintRow", "StageRow", "MemoryRow", "SamplingRow"] {
      let columns = try text(of: "Sources/Records/Rows/\(row).swift").matches(of: #/\.init\("(\w+)", /#)
      #expect(columns.count > 2)
      for column in columns {
        #expect(page.contains("`\(column.1)`"), "docs/output-files.md does not name \(row)'s column \(column.1)")
      }
    }
  }

  @Test func theFirstPageIsShort() throws {
    #expect(try text(of: "README.md").count { $0 == "\n" } <= 150)
  }
}
