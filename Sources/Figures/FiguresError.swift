import Foundation
import Records

/// What can keep a figure from being drawn; its data and script are on disk in all cases but the first two.
public enum FiguresError: Error, Equatable, Sendable {
  /// The rows hold nothing that the figure shows.
  case noData(figure: String, needed: String)
  /// A file cannot be written.
  case records(RecordsError)
  /// There is no gnuplot in PATH.
  case gnuplotAbsent(script: String)
  /// gnuplot complained.
  case gnuplotFailed(message: String, script: String)
  /// gnuplot did not complain, and left no picture.
  case nothingDrawn(picture: String, script: String)
}

extension FiguresError: CustomStringConvertible, LocalizedError {
  public var errorDescription: String? { description }

  public var description: String {
    switch self {
    case .noData(let figure, let needed):
      "The figure \(figure) has nothing to show: it needs \(needed), and there are none."
    case .records(let error):
      error.description
    case .gnuplotAbsent(let script):
      """
      No gnuplot in PATH: the chart is not drawn. Its data and script are kept; install gnuplot \
      (apt-get install gnuplot-nox) and run 'gnuplot \((script as NSString).lastPathComponent)' in \
      \((script as NSString).deletingLastPathComponent).
      """
    case .gnuplotFailed(let message, let script):
      "gnuplot could not draw all of \(script): \(message). The script, its data and what was drawn are kept."
    case .nothingDrawn(let picture, let script):
      "gnuplot ran \(script) without a complaint, but \(picture) is missing or empty. The script and its data are kept."
    }
  }
}
