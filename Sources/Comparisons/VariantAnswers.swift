import Foundation
import Records

/// Which images the runs of one variant classify correctly.
struct VariantAnswers {
  let cell: Cell
  /// The head that predicts.
  let head: String
  let images: TestImages
  /// By seed of a finished run, for the test images, in one order for all variants of a table.
  let isRight: [UInt64: [Bool]]
  /// The seeds of all runs, including those that diverged.
  let seeds: Set<UInt64>

  /// Reads the variants with a finished run from runs.csv, in its order, and predictions.csv, with rows in any order.
  static func read(from folder: URL) throws -> [VariantAnswers] {
    let rows: [RunRow] = try CSVTable.read(from: RecordsFile.runs.url(in: folder))
    let lines = Summary(of: rows).predictions
    let heads = Dictionary(lines.map { ($0.cell, $0.head ?? "") }) { first, _ in first }
    let runs = rows.filter { $0.status == .finished }.map { row in
      Run(id: row.runID, cell: row.cell, seed: row.seed, head: heads[row.cell] ?? "")
    }.unique()
    let sheets = try AnswerSheet.read(runs, from: RecordsFile.predictions.url(in: folder))
    return lines.compactMap { line in
      let own = runs.filter { $0.cell == line.cell }
      guard let first = own.first, let images = sheets[first.id]?.images else { return nil }
      let answers = own.map { ($0.seed, sheets[$0.id]?.isRight ?? []) }
      return VariantAnswers(
        cell: line.cell, head: line.head ?? "", images: images,
        isRight: Dictionary(answers) { first, _ in first },
        seeds: Set(rows.filter { $0.cell == line.cell }.map(\.seed)))
    }
  }
}

/// A finished run and its predicting head.
private struct Run: Hashable {
  let id: String
  let cell: Cell
  let seed: UInt64
  let head: String
}

/// One run's answers.
private final class AnswerSheet {
  private(set) var images = TestImages()
  private(set) var isRight: [Bool] = []

  /// The sheet of each run, by its ID: the same images in the same order for all runs of a table.
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
      if let difference = sheet.images.difference(from: first.sheet.images) {
        throw ComparisonsError.differentImages(
          file: file.path, runID: run.id, otherRunID: first.id, difference: difference)
      }
    }
    return sheets
  }

  private func add(_ row: PredictionRow) {
    images.names.append(row.image)
    images.labels.append(row.label)
    isRight.append(row.isCorrect)
  }

  /// Sorts by the names of the images; images of one name keep their order.
  private func sort() {
    let order = images.names.indices.sorted { (images.names[$0], $0) < (images.names[$1], $1) }
    images = TestImages(names: order.map { images.names[$0] }, labels: order.map { images.labels[$0] })
    isRight = order.map { isRight[$0] }
  }
}
