import Experiments
import Foundation

/// Receives a run's events and progress. Its failures are not failures of the run.
protocol RunObserver: AnyObject {
  func show(_ event: TrainingEvent, _ progress: Progress)
}

/// Redraws the charts whenever a run ends, until that fails once, which is reported at the end.
final class ChartsMeanwhile: RunObserver {
  private let results: Results
  private var isDrawing = true

  init(of folder: URL) { results = Results(of: folder) }

  func show(_ event: TrainingEvent, _ progress: Progress) {
    if isDrawing, case .ended = event { isDrawing = results.drawMeanwhile() }
  }
}
