import Files
import Foundation
import GnuplotStream
import Records

/// A chart: its data as columns, and the gnuplot commands that draw them.
public protocol Figure: Sendable {
  /// The base name of its files.
  var name: String { get }
  /// Its size on a page; the .png has twice as many pixels.
  var size: FigureSize { get }
  var columns: [String] { get }
  var rows: [[String]] { get }
  /// The gnuplot commands, `plot` last; the data is the file named by the variable `data`.
  var commands: String { get }
  /// Whether the commands draw several panels; gnuplot cannot replot them, so the script repeats them for each picture.
  var hasPanels: Bool { get }
  /// Pictures that the commands read by name from the data's folder.
  var pictures: [FigurePicture] { get }
}

extension Figure {
  public var hasPanels: Bool { false }
  public var pictures: [FigurePicture] { [] }
}

/// A .png file that a figure is drawn on.
public struct FigurePicture: Equatable, Sendable {
  public var name: String
  public var png: [UInt8]

  public init(name: String, png: [UInt8]) {
    (self.name, self.png) = (name, png)
  }
}

/// Width and height in pixels.
public struct FigureSize: Equatable, Sendable {
  public var width: Int
  public var height: Int

  public init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
  }
}

/// The files of one rendered figure.
public struct FigureFiles: Equatable, Sendable {
  public let data: URL
  public let script: URL
  public let svg: URL
  public let png: URL
  public let pdf: URL

  init(of name: String, in folder: URL) {
    func file(_ kind: FigureFile.Kind) -> URL { folder.appendingPathComponent(FigureFile(name, kind).name) }
    data = file(.data)
    script = file(.script)
    svg = file(.svg)
    png = file(.png)
    pdf = file(.pdf)
  }
}

extension Figure {
  /// The data as CSV, without quotes and line breaks inside fields, which gnuplot cannot read.
  public var data: String {
    ([columns] + rows).map { row in
      csvLine(row.map { $0.replacing("\"", with: "'").replacing(/\s+/, with: " ") })
    }.joined()
  }

  /// The whole gnuplot script: run in the data's folder, it draws the .svg, the .png and the .pdf.
  public var script: String {
    func picture(_ ending: String, _ terminal: String, _ commands: String) -> String {
      """
      \(terminal)
      set output '\(name).\(ending)'
      \(commands)
      unset output
      """
    }
    let again = hasPanels ? commands : "replot"
    return """
      # Draws \(name).svg, .png and .pdf from \(name).csv. Run in this folder: gnuplot \(name).gp
      data = '\(name).csv'
      \(Style.setup)
      \(picture("svg", Style.svgTerminal(name: name, size), commands))
      \(picture("png", Style.pngTerminal(size), again))
      \(picture("pdf", Style.pdfTerminal(size), again))

      """
  }

  /// Writes the data and the script into `folder`, then draws the pictures there.
  ///
  /// If drawing fails, data, script and a completely drawn .svg are kept; other pictures stay if they are of this data
  /// and script, and are removed if they are of others.
  @discardableResult
  public func render(to folder: URL) throws(FiguresError) -> FigureFiles {
    try render(to: folder, searchPath: nil, seconds: 60 + Double(pictures.count))
  }

  /// `render(to:)` with the gnuplot found in `searchPath`, or in PATH, and a limit in seconds.
  @discardableResult
  func render(to folder: URL, searchPath: String?, seconds: Double = 60) throws(FiguresError) -> FigureFiles {
    let files = FigureFiles(of: name, in: folder)
    let isSame = readText(files.data.givenPath) == data && readText(files.script.givenPath) == script
    var stale = isSame ? [] : [files.svg, files.png, files.pdf]
    defer { for picture in stale { removeFile(picture.givenPath) } }
    let workshop = folder.appendingPathComponent(temporaryName(), isDirectory: true)
    defer { removeTree(workshop.givenPath) }
    do throws(RecordsError) {
      try writeInputs(to: folder)
      try writeWhole(script, to: files.script)
      try makeFolder(workshop.givenPath, failingAs: RecordsError.self)
      try writeInputs(to: workshop)
    } catch {
      throw .records(error)
    }
    let outcome = Result { () throws(FiguresError) in
      try runGnuplot(script, in: workshop, script: files.script, searchPath: searchPath, seconds: seconds)
    }
    for picture in [files.svg, files.png, files.pdf] {
      let drawn = workshop.appendingPathComponent(picture.lastPathComponent).givenPath
      guard isWhole(drawn) else {
        if case .failure(let error) = outcome { throw error }
        throw .nothingDrawn(picture: picture.path, script: files.script.path)
      }
      if case .failure(let error) = outcome, picture != files.svg { throw error }
      if picture == files.pdf { removeDate(ofPDF: drawn) }
      guard renameFile(drawn, to: picture.givenPath) else {
        throw .records(.unwritable(path: picture.path, reason: systemReason()))
      }
      stale.removeAll { $0 == picture }
    }
    return files
  }
}

extension Figure {
  /// Writes the script's input files.
  private func writeInputs(to folder: URL) throws(RecordsError) {
    try writeWhole(data, to: FigureFiles(of: name, in: folder).data)
    for picture in pictures {
      let file = folder.appendingPathComponent(picture.name)
      try Files.writeWhole(picture.png, to: file.givenPath, failingAs: RecordsError.self)
    }
  }
}

/// Whether a picture was written completely, not cut off by a full disk: each format has its own end marker.
private func isWhole(_ path: String) -> Bool {
  guard let data = try? readWhole(path) else { return false }
  let end = path.hasSuffix(".svg") ? "</svg>" : path.hasSuffix(".pdf") ? "%%EOF" : "IEND"
  return data.suffix(20).range(of: Data(end.utf8)) != nil
}

/// Replaces the creation time by a fixed one of the same length, so that equal figures give equal files.
private func removeDate(ofPDF path: String) {
  guard var data = try? readWhole(path), let key = data.range(of: Data("/CreationDate (D:".utf8)) else { return }
  for index in data[key.upperBound...].indices.prefix(14) where data[index] != UInt8(ascii: ")") {
    data[index] = UInt8(ascii: index < key.upperBound + 8 ? "1" : "0")
  }
  try? Files.writeWhole(Array(data), to: path, failingAs: RecordsError.self)
}

private func runGnuplot(
  _ text: String, in folder: URL, script: URL, searchPath: String?, seconds: Double
) throws(FiguresError) {
  var buffer = [CChar](repeating: 0, count: 4096)
  let outcome = folder.givenPath.withPath {
    gnuplot_run(searchPath, $0, text, seconds, &buffer, buffer.count)
  }
  guard outcome != GNUPLOT_DONE else { return }
  if outcome == GNUPLOT_ABSENT { throw .gnuplotAbsent(script: script.path) }
  let message = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  throw .gnuplotFailed(message: message, script: script.path)
}
