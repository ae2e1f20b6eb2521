import Figures
import Foundation
import Records

/// A self-contained page about some output folders: a pure function of their records and of the figures drawn from
/// them.
public struct ReportPage {
  /// The maximum size of a page in bytes.
  public static let largest = 5_000_000

  /// A drawn figure.
  public struct Picture: Sendable {
    public let name: String
    /// What it shows, in a sentence.
    public let summary: String
    public let svg: Data

    public init(name: String, summary: String, svg: Data) {
      (self.name, self.summary, self.svg) = (name, summary, svg)
    }
  }

  /// One folder with its own figures.
  public struct Part {
    let records: FolderRecords
    let pictures: [Picture]

    public init(_ records: FolderRecords, _ pictures: [Picture]) { (self.records, self.pictures) = (records, pictures) }
  }

  private let parts: [Part]
  /// The figures of all folders together.
  private let shared: [Picture]
  /// The runs in progress, for a page that is served.
  private let live: LivePart?

  /// Creates a page about some folders; `shared` are figures of all of them. With a live part, `parts` may be empty.
  public init(_ parts: [Part], shared: [Picture] = [], live: LivePart? = nil) {
    (self.parts, self.shared, self.live) = (parts, shared, live)
  }

  /// Returns the page; throws `tooLarge`, and errors of reading the records.
  public func html() throws -> String {
    let names = live.map { [$0.name] } ?? parts.map(\.records.name)
    var sections = [live?.section].compactMap(\.self)
    if parts.count > 1 { sections.append(try sideBySide()) }
    for (index, part) in parts.enumerated() {
      sections.append(try FolderSection(part, number: index + 1, isAlone: parts.count == 1).html())
    }
    let title = names.joined(separator: ", ")
    let body = sections.joined(separator: "\n")
    func page(_ files: String) -> String {
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
      script-src 'unsafe-inline'\(live == nil ? "" : "; connect-src 'self'")">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <title>\(escaped(title)): S3N ablation</title>
      <style>
      \(PageStyle.css)</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the results</a>
      <header><h1>\(escaped(title))</h1><p>\(made)</p></header>
      <main id="main">
      \(body)
      \(files)
      </main>
      <p id="announcement" class="hidden" role="status"></p>
      <script>
      \(PageStyle.script)</script>\(live == nil ? "" : "\n<script>\n\(LivePart.script)</script>")
      </body>
      </html>

      """
    }
    let bytes = page("").utf8.count
    let files = try RawFiles(parts.map(\.records), room: Self.largest - bytes)
    let all = bytes + files.html.utf8.count
    guard all <= Self.largest else { throw ReportsError.tooLarge(bytes: all, folders: parts.count) }
    return page(files.html)
  }

  private var made: String {
    live == nil
      ? "Made by <code>bench report</code> from the records of \(counted(parts.count, "output folder"))."
      : "Served by <code>bench serve</code>: this page renews itself while runs go on."
  }

  /// Returns the section that compares several folders.
  private func sideBySide() throws -> String {
    let table = try FolderDifferences(parts.map(\.records))
    return """
      <section aria-labelledby="together"><h2 id="together">Side by side</h2>
      \(table.html)\(figures(shared, level: 3))</section>
      """
  }
}

/// Returns figures with their captions; each can be opened alone.
func figures(_ pictures: [ReportPage.Picture], level: Int) -> String {
  pictures.map { picture in
    let title = picture.name.replacing("-", with: " ")
    return """
      <figure>
      <h\(level)>\(escaped(title.prefix(1).uppercased() + title.dropFirst()))</h\(level)>
      <div class="scroll" role="region" tabindex="0" aria-label="\(escaped(title))"><img alt="Chart: \(escaped(picture.summary)). \
      Its numbers are in \(escaped(picture.name)).csv, which bench figures writes." \
      src="\(dataURL("image/svg+xml", picture.svg))"></div>
      <figcaption>\(escaped(picture.summary.prefix(1).uppercased() + picture.summary.dropFirst())).</figcaption>
      </figure>

      """
  }.joined()
}
