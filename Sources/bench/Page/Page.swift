import Files
import Foundation
import Records

/// A Markdown page with blocks that are generated from reports.
///
/// A block is the text between `<!-- report: NAME TEXT -->` and `<!-- end -->`, on lines of its own or within one. NAME
/// is a folder in `reports` next to the page; TEXT is one of `ReportText.names`, or omitted.
struct Page {
  struct Block {
    let report: String
    let name: String
    /// The line on which its contents begin, counted from 1.
    let line: Int
    let contents: Substring
    /// Whether the contents have lines of their own.
    let isOnOwnLines: Bool

    var title: String { name.isEmpty ? report : "\(report) \(name)" }
  }

  let url: URL
  let text: String
  let blocks: [Block]

  /// Reads the page and finds its blocks; throws `PageError` and `RecordsError`.
  init(reading url: URL) throws {
    self.url = url
    do throws(ReadFailure) { text = String(decoding: try readWhole(url.givenPath), as: UTF8.self) } catch {
      throw RecordsError.unreadable(file: url.path, reason: error.reason)
    }
    var blocks: [Block] = []
    var position = text.startIndex
    while let start = text[position...].firstMatch(of: /<!-- report:(.*?)-->/) {
      let line = text[..<start.range.upperBound].count { $0 == "\n" } + 1
      let words = start.1.split(separator: " ").map(String.init)
      guard let report = words.first, !report.contains("/") else {
        throw PageError.malformed(page: url.path, line: line, found: String(start.0))
      }
      let rest = text[start.range.upperBound...]
      guard let end = rest.firstRange(of: "<!-- end -->"),
        !rest[..<end.lowerBound].contains("<!-- report:")
      else { throw PageError.unclosed(page: url.path, line: line) }
      let isOnOwnLines = rest.hasPrefix("\n")
      blocks.append(
        Block(
          report: report, name: words.dropFirst().joined(separator: " "), line: line + (isOnOwnLines ? 1 : 0),
          contents: rest[..<end.lowerBound],
          isOnOwnLines: isOnOwnLines))
      position = end.upperBound
    }
    self.blocks = blocks
  }

  /// Returns what each block should contain, in order.
  func contents() throws -> [String] {
    var reports: [String: ReportText] = [:]
    return try blocks.map { block in
      let link = "reports/\(block.report)"
      let folder = url.deletingLastPathComponent().appendingPathComponent(link, isDirectory: true)
      let report = try reports[block.report] ?? ReportText(folder, link: link)
      reports[block.report] = report
      guard let text = try report.text(block.name) else {
        throw PageError.unknownText(page: url.path, line: block.line, report: block.report, name: block.name)
      }
      return block.isOnOwnLines ? "\n\(text)\n" : text
    }
  }

  /// Returns the page with these contents in its blocks.
  func filled(with contents: [String]) -> String {
    var filled = ""
    var position = text.startIndex
    for (block, content) in zip(blocks, contents) {
      filled += text[position..<block.contents.startIndex] + content
      position = block.contents.endIndex
    }
    return filled + text[position...]
  }
}

/// What can be wrong with the blocks of a page.
enum PageError: Error, Equatable, CustomStringConvertible {
  case malformed(page: String, line: Int, found: String)
  case unclosed(page: String, line: Int)
  case unknownText(page: String, line: Int, report: String, name: String)

  var description: String {
    switch self {
    case .malformed(let page, let line, let found):
      "\(page), line \(line): a block should begin with <!-- report: NAME TEXT -->, but begins with \(found)."
    case .unclosed(let page, let line):
      "\(page), line \(line): the block has no end: write <!-- end --> after it."
    case .unknownText(let page, let line, let report, let name):
      "\(page), line \(line): the report \(report) has no text \"\(name)\": known are "
        + ReportText.names.joined(separator: ", ") + "."
    }
  }
}
