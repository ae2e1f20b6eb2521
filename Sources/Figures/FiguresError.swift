import Files
import Foundation
import Records

/// The reasons why a figure cannot be drawn; for those that concern gnuplot, its data and script are on disk.
public enum FiguresError: Error, Equatable, Sendable {
  /// The rows hold nothing that the figure shows.
  case noData(figure: String, needed: String)
  /// A folder lacks a file that the figure needs.
  case lacksFile(figure: String, file: String, folder: String)
  /// There is no figure of this name.
  case unknownFigure(String, known: [String])
  /// The folder has no finished run of this variant.
  case unknownVariant(String, folder: String, known: [String])
  /// The figure shows a single folder, but several were given.
  case oneFolderOnly(figure: String)
  /// A file cannot be written.
  case records(RecordsError)
  /// There is no gnuplot in PATH.
  case gnuplotAbsent(script: String)
  /// gnuplot reported an error.
  case gnuplotFailed(message: String, script: String)
  /// gnuplot reported no error, but left no complete picture.
  case nothingDrawn(picture: String, script: String)
}

extension FiguresError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .noData(let figure, let needed):
      "The figure \(figure) has nothing to show: it needs \(needed), but there are none."
    case .lacksFile(let figure, let file, let folder):
      "The figure \(figure) needs \(file), which \(folder) lacks\(Self.origin(of: file, folder))."
    case .unknownFigure(let name, let known):
      "There is no figure '\(name)', nor a folder of that name. The figures are: \(known.joined(separator: ", "))."
    case .unknownVariant(let name, let folder, let known):
      "\(folder) has no finished run of the variant '\(name)'. It has: "
        + known.map { "'\($0)'" }.joined(separator: ", ") + "."
    case .oneFolderOnly(let figure):
      "The figure \(figure) shows a single folder: name only one."
    case .records(let error):
      error.description
    case .gnuplotAbsent(let script):
      """
      No gnuplot in PATH: the chart is not drawn. Its data and script are kept; install gnuplot \
      (apt-get install gnuplot-nox) and run 'gnuplot \((script as NSString).lastPathComponent)' in its folder.
      """
    case .gnuplotFailed(let message, let script):
      "gnuplot could not draw all of \(script): \(message). The script, its data and what was drawn are kept."
    case .nothingDrawn(let picture, let script):
      """
      gnuplot ran \(script) without an error, but \(picture) is missing or incomplete: is the disk full? The script \
      and its data are kept.
      """
    }
  }

  /// How to obtain a file that not every run writes, as the rest of a sentence.
  private static func origin(of file: String, _ folder: String) -> String {
    switch RecordsFile(rawValue: file) {
    case .stagesSummary: ": bench summarize \(shellQuoted(folder)) writes it if there is a stages.csv"
    case .comparisons: ": bench compare \(shellQuoted(folder)) writes it if there are several variants"
    case .sampling: ": runs of older versions did not record it, and it cannot be made later"
    case .localisation: ": bench localise \(shellQuoted(folder)) writes it"
    case .interventions: ": bench intervene \(shellQuoted(folder)) writes it"
    case .counterfactuals: ": bench counterfactuals \(shellQuoted(folder)) writes it, for birdlets"
    default: ""
    }
  }
}
