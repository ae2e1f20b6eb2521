import Experiments
import Foundation

/// What is told of all that goes on in a run, and how far it is. Whatever fails there is no failure of the run.
protocol RunObserver: AnyObject {
  func show(_ event: TrainingEvent, _ progress: Progress)
}

/// Draws the charts again whenever a run has ended, until that fails once, which is told at the end.
final class ChartsMeanwhile: RunObserver {
  private let results: Results
  private var isDrawing = true

  init(of folder: URL) { results = Results(of: folder) }

  func show(_ event: TrainingEvent, _ progress: Progress) {
    if isDrawing, case .ended = event { isDrawing = results.drawMeanwhile() }
  }
}
