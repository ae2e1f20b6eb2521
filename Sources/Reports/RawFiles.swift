import Figures
import Files
import Foundation
import Records

/// The raw files as downloads embedded in the page, as far as there is room.
struct RawFiles {
  private struct Entry {
    let folder: String
    let name: String
    let size: Int
    /// Nil if the file is too large.
    let link: String?
  }

  private let entries: [Entry]

  private static let offered: [RecordsFile] = [
    .runs, .summary, .comparisons, .recipe, .environment, .epochs, .stagesSummary, .sampling, .localisation,
    .interventions, .counterfactuals, .predictions,
  ]

  /// Offers the files of folders in a page that has `room` bytes for them; the most important ones come first.
  init(_ folders: [FolderRecords], room: Int) throws(RecordsError) {
    // The markup around the links.
    var room = room - 4_000 - folders.count * Self.offered.count * 300
    var entries: [Entry] = []
    for (file, folder) in Self.offered.flatMap({ file in folders.map { (file, $0) } }) where folder.holds(file) {
      let data = try contents(of: file.url(in: folder.folder))
      let type = file.rawValue.hasSuffix(".json") ? "application/json" : "text/csv"
      let length = 4 * (data.count + 2) / 3
      let fits = length < room
      if fits { room -= length }
      entries.append(
        Entry(folder: folder.name, name: file.rawValue, size: data.count, link: fits ? dataURL(type, data) : nil))
    }
    self.entries = entries
  }

  var html: String {
    guard !entries.isEmpty else { return "" }
    let items = entries.map { entry in
      let size = "\((entry.size + 999) / 1000) kB"
      let name = "\(entry.folder)/\(entry.name)"
      return entry.link.map { link in
        "<li><a download=\"\(escaped(entry.folder))-\(escaped(entry.name))\" href=\"\(link)\">\(escaped(name))</a>, \(size)</li>\n"
      } ?? "<li>\(escaped(name)), \(size): too large for this page; it lies in the folder.</li>\n"
    }
    return """
      <section class="files" aria-labelledby="files"><h2 id="files">Raw files</h2>
      <p>What all of this was made from.</p>
      <ul>
      \(items.joined())</ul></section>
      """
  }
}
