import Files
import Foundation

/// The rows of unfinished runs that opening an output folder removed from its files.
public struct Leftovers: Equatable, Sendable {
  /// The runs, as far as they are known.
  public let runs: [String]
  /// The copies of the removed rows; empty for a run that was merely in progress and starts over.
  public let copies: [URL]

  /// Removes the unfinished rows from the files of `folder`: the tails of its logs, and `rows` and `tear` from
  /// runs.csv, which keeps only `whole`. Returns nil if there are none.
  static func clear(
    _ logs: [any RunLog], of folder: URL, rows: [RunRow], tear: CSVTable.Tear?, keeping whole: [RunRow]
  ) throws(RecordsError) -> Leftovers? {
    let finished = Set(whole.map(\.runID))
    var pieces: [(file: URL, header: [String], text: Data)] = []
    var runs = Set(rows.map { Optional($0.runID) })
    var tails: [LogTail] = []
    for log in logs {
      let tail = try log.tail(after: finished)
      tails.append(tail)
      runs.formUnion(tail.runs)
      if !tail.text.isEmpty { pieces.append((log.url, log.header, tail.text)) }
    }
    let runsFile = RecordsFile.runs.url(in: folder)
    if let tear { pieces.append((runsFile, RunRow.header, Data((rows.map(\.line).joined() + tear.text).utf8))) }

    // Predictions are written last: a run that has some may once have been finished, as was any run in runs.csv.
    let late = [RecordsFile.runs, .predictions].map { $0.url(in: folder) }
    let isKnown = runs.allSatisfy { $0.map { !finished.contains($0) } ?? false }
    let wasUnderWay = runs.count == 1 && isKnown && !pieces.contains { late.contains($0.file) }
    let copies = wasUnderWay ? [] : try copy(pieces)
    for (log, tail) in zip(logs, tails) { try log.cut(tail) }
    if tear != nil { try CSVTable.write(whole, to: runsFile) }
    return pieces.isEmpty ? nil : Leftovers(runs: runs.compactMap { $0 }.sorted(), copies: copies)
  }

  /// Writes each piece, below its header, to a file of its own: runs.csv.removed-1 ...
  private static func copy(
    _ pieces: [(file: URL, header: [String], text: Data)]
  ) throws(RecordsError) -> [URL] {
    func copy(_ file: URL, _ number: Int) -> URL { file.appendingPathExtension("removed-\(number)") }
    var number = 1
    while pieces.contains(where: { isAccessible(copy($0.file, number).givenPath, F_OK) }) { number += 1 }
    var copies: [URL] = []
    for piece in pieces {
      let file = copy(piece.file, number)
      try writeWhole(Data(csvLine(piece.header).utf8) + piece.text, to: file.givenPath, failingAs: RecordsError.self)
      copies.append(file)
    }
    return copies
  }
}

extension Leftovers: CustomStringConvertible {
  /// One line for the user.
  public var description: String {
    let names = runs.isEmpty ? "a run" : runs.joined(separator: ", ")
    guard let first = copies.first else { return "\(names) was not finished: its partial rows are dropped." }
    return "The rows of \(names) are damaged and were removed; copies: "
      + "\(copies.map(\.lastPathComponent).joined(separator: ", ")) in \(first.deletingLastPathComponent().relativePath)."
  }
}
