import Comparisons
import Foundation
import Records

/// The results of an ablation, one line per variant, as a paper prints them.
public struct AccuracyTable: Equatable, Sendable {
  /// One variant.
  public struct Line: Equatable, Sendable {
    public let label: String
    /// The mean over seeds in percent; nil if no seed finished.
    public let top1: Double?
    /// The mean with its deviation, without an interval; "diverged" if no seed finished.
    public let accuracy: String
    /// The 95 % interval of a single run; empty for several.
    public let interval: String
    public let top5: String
    public let meanClass: String
    /// The difference from the reference in points; nil for the reference itself, and if nothing was compared.
    public let difference: Double?
    /// With its interval, such as "+5.3 [2.0, 8.5]".
    public let differenceText: String
    public let verdict: String
    /// Whether comparisons.csv says that it is better than the reference, even when trained again.
    public let isBetter: Bool
    public let seeds: String
    public let images: Int?
  }

  public let table: TableKey
  /// The variant that the differences refer to; nil if nothing was compared.
  public let reference: String?
  public let lines: [Line]

  /// Creates the table from rows of runs.csv and any rows of comparisons.csv; nil without a row of top-1.
  public init?(of runs: [RunRow], _ comparisons: [ComparisonRow]) {
    let summary = Summary(of: runs)
    let predictions = summary.predictions
    guard let first = predictions.first else { return nil }
    let cells = predictions.map(\.cell)
    let compared = comparisons.filter { $0.family == .reference }
    table = first.table
    reference = compared.first.map { $0.other.label(among: cells) }
    lines = predictions.map { row in
      let comparison = compared.first { $0.cell == row.cell }
      func other(_ metric: String) -> String {
        summary.rows.first { $0.cell == row.cell && $0.head == row.head && $0.metric == metric }?.meanText ?? ""
      }
      return Line(
        label: row.cell.label(among: cells), top1: row.mean, accuracy: row.mean == nil ? row.accuracy : row.meanText,
        interval: row.low95.flatMap { low in row.high95.map { intervalText(low, $0) } } ?? "",
        top5: other(Metric.top5), meanClass: other(Metric.meanClassAccuracy), difference: comparison?.difference,
        differenceText: comparison.map { row in
          row.differenceText + (row.interval.map { " " + intervalText($0.lowerBound, $0.upperBound) } ?? "")
        } ?? "",
        verdict: comparison?.verdictText ?? "", isBetter: comparison?.verdict == .better, seeds: row.seedCount,
        images: row.n)
    }
  }

  /// What all lines have in common, in words.
  public var caption: String {
    let images = lines.compactMap(\.images).max().map { ", \(counted($0, "test image"))" } ?? ""
    let overrides = table.overrides.isEmpty ? "" : ", \(table.overrides)"
    return "Top-1 accuracy in % on \(table.dataset), recipe \(table.recipe)\(overrides)\(images)."
  }

  /// What the numbers mean, in words.
  public var legend: String {
    let isCompared = reference != nil
    return [
      lines.contains { $0.accuracy.contains("±") } ? "±: standard deviation over seeds." : "",
      lines.contains { !$0.interval.isEmpty } ? "Interval of a single run: 95 % by the number of test images." : "",
      isCompared ? "Differences from \(reference ?? "") in points, with their 95 % interval." : "",
      isCompared ? "Bold: better when trained again, too, by paired seeds (Holm, 5 %)." : "",
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The columns that are not empty, as headers and cells.
  var columns: [(name: String, cells: [String])] {
    let all: [(String, (Line) -> String)] = [
      ("variant", \.label), ("top-1", \.accuracy), ("95 %", \.interval), ("top-5", \.top5),
      ("class mean", \.meanClass), ("difference", \.differenceText), ("verdict", \.verdict), ("seeds", \.seeds),
    ]
    return all.map { name, cell in (name, lines.map(cell)) }.filter { $0.1.contains { !$0.isEmpty } }
  }
}
