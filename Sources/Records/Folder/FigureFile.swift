import Files
import Foundation

/// A file of a figure, derived from the records in its output folder.
public struct FigureFile: Hashable, Sendable {
  /// What the file holds, by its extension.
  public enum Kind: String, CaseIterable, Sendable {
    case data = "csv"
    case script = "gp"
    case svg, png, pdf
  }

  /// The names of the figures; a new figure needs only an entry here.
  public static let figures = [
    accuracy, differences, "training-curves", "peaks-over-training", "stage-shares", "cost", "radius-map",
    "peak-policies", "confusion-pairs", "confusion-matrix", "reliability", "where-it-looks", "looking-elsewhere",
    "following-marks",
  ]
  public static let accuracy = "variant-accuracy"
  public static let differences = "differences"

  /// The names of the figures whose data file is in `folder`.
  public static func drawn(in folder: URL) -> [String] {
    figures.filter { isAccessible(folder.appendingPathComponent(FigureFile($0, .data).name).givenPath, F_OK) }
  }

  public static let all = figures.flatMap { figure in Kind.allCases.map { FigureFile(figure, $0) } }

  public let figure: String
  public let kind: Kind

  public init(_ figure: String, _ kind: Kind) {
    self.figure = figure
    self.kind = kind
  }

  public var name: String { "\(figure).\(kind.rawValue)" }

  /// Whether a report may lack it: pictures need a drawing program, and only the accuracies are drawn for every folder.
  var isOptional: Bool { figure != Self.accuracy || kind != .data && kind != .script }
}
