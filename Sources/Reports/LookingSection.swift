import Figures
import Files
import Foundation
import Records

/// The page's section about where a folder's models look: sentences, and below them the rows that they are based on.
struct LookingSection {
  /// Empty if nothing was measured.
  let html: String

  /// The maximum number of a file's rows on the page; the folder has them all.
  private static let mostRows = 200

  init(_ records: FolderRecords) throws {
    var words: [(file: RecordsFile, sentences: [String])] = []
    if records.holds(.localisation) {
      words.append((.localisation, LookingWords.localisation(try records.localisation())))
    }
    if records.holds(.interventions) {
      words.append((.interventions, LookingWords.interventions(try records.interventions())))
    }
    if records.holds(.counterfactuals) {
      words.append((.counterfactuals, LookingWords.counterfactuals(try records.counterfactuals())))
    }
    let sentences = words.flatMap(\.sentences).map { "<li>\(escaped($0))</li>\n" }
    guard !sentences.isEmpty else {
      html = ""
      return
    }
    html =
      """
      <p>Each with its 95 % interval: of one seed over images, of several over seeds and images, or from the lowest to the \
      highest where they are not told of together; what is not shown is not claimed.</p>
      <ul>
      \(sentences.joined())</ul>

      """
      + (try words.map { try Self.table($0.file, in: records.folder) }.joined())
  }

  /// Returns a file's rows, or the first of them, in an element that can be expanded.
  private static func table(_ file: RecordsFile, in folder: URL) throws -> String {
    let lines = try CSVTable.fields(of: file.url(in: folder), most: mostRows + 1)
    guard let header = lines.first, lines.count > 1 else { return "" }
    let table = HTMLTable(
      caption: "\(file.rawValue)\(lines.count > mostRows ? ", its first \(mostRows) rows" : "").", header: header,
      rows: lines.dropFirst().map { line in line.map { .init($0, value: Double($0)) } })
    return "<details><summary>The rows of \(file.rawValue)</summary>\n\(table.html)</details>\n"
  }
}
