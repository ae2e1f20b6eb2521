import Foundation
import Records

/// Which images the runs of one variant name right.
struct VariantAnswers {
  let cell: Cell
  /// The head that predicts.
  let head: String
  /// The images of the test set with their labels.
  let questions: [String]
  /// By seed of a finished run, for the images of the test set in one order for all variants of a table.
  let isRight: [UInt64: [Bool]]
  /// The seeds of all runs, also of those that diverged.
  let seeds: Set<UInt64>

  /// The variants of an output folder in the order of runs.csv, from it and predictions.csv, in whatever order their rows are.
  static func read(from folder: URL) throws -> [VariantAnswers] {
    let rows: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: folder))
    let lines = Summary(of: rows).predictions
    let heads = Dictionary(lines.map { ($0.cell, $0.head ?? "") }) { first, _ in first }
    let runs = rows.filter { $0.status == .finished }.map { row in
      Run(id: row.runID, cell: row.cell, seed: row.seed, head: heads[row.cell] ?? "")
    }.unique()
    let sheets = try AnswerSheet.read(runs, from: RecordsFile.predictions.url(in: folder))
    return lines.map { line in
      let own = runs.filter { $0.cell == line.cell }
      let answers = own.map { ($0.seed, sheets[$0.id]?.isRight ?? []) }
      return VariantAnswers(
        cell: line.cell, head: line.head ?? "", questions: own.first.flatMap { sheets[$0.id]?.questions } ?? [],
        isRight: Dictionary(answers) { first, _ in first },
        seeds: Set(rows.filter { $0.cell == line.cell }.map(\.seed)))
    }
  }
}

/// A finished run and the head of it that predicts.
private struct Run: Hashable {
  let id: String
  let cell: Cell
  let seed: UInt64
  let head: String
}

/// One run's answers.
private final class AnswerSheet {
  private var images: [String] = []
  private var labels: [String] = []
  private(set) var isRight: [Bool] = []
  var questions: [String] { zip(images, labels).map { "\($0): \($1)" } }

  /// The sheet of each run, by its id: the same images in the same order for all runs of a table.
  static func read(_ runs: [Run], from file: URL) throws -> [String: AnswerSheet] {
    let headOfRun = Dictionary(runs.map { ($0.id, $0.head) }) { first, _ in first }
    let sheets = headOfRun.mapValues { _ in AnswerSheet() }
    try CSVTable.forEach(PredictionRow.self, in: file) { row in
      if headOfRun[row.runID] == row.head { sheets[row.runID]?.add(row) }
    }
    var firstRuns: [TableKey: (id: String, sheet: AnswerSheet)] = [:]
    for run in runs {
      guard let sheet = sheets[run.id], !sheet.isRight.isEmpty else {
        throw ComparisonsError.noPredictions(file: file.path, runID: run.id, head: run.head)
      }
      sheet.sort()
      guard let first = firstRuns[run.cell.table] else {
        firstRuns[run.cell.table] = (run.id, sheet)
        continue
      }
      if let difference = sheet.difference(from: first.sheet) {
        throw ComparisonsError.differentImages(
          file: file.path, runID: run.id, otherRunID: first.id, difference: difference)
      }
    }
    return sheets
  }

  private func add(_ row: PredictionRow) {
    images.append(row.image)
    labels.append(row.label)
    isRight.append(row.isCorrect)
  }

  /// Sorts by the images' names; those of one name stay as they came.
  private func sort() {
    let order = images.indices.sorted { (images[$0], $0) < (images[$1], $1) }
    images = order.map { images[$0] }
    labels = order.map { labels[$0] }
    isRight = order.map { isRight[$0] }
  }

  /// The first thing in which the images or their labels are not those of `other`; nil if there is none.
  private func difference(from other: AnswerSheet) -> String? {
    guard images.count == other.images.count else { return "\(other.images.count) and \(images.count) of them" }
    for index in images.indices {
      if images[index] != other.images[index] { return "\(other.images[index]) and \(images[index])" }
      if labels[index] != other.labels[index] {
        return "\(images[index]) as \(other.labels[index]) and as \(labels[index])"
      }
    }
    return nil
  }
}
