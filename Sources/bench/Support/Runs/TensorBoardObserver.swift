import Experiments
import Foundation
import Interchange

/// Updates TensorBoard's event files of a run after each epoch, until that fails once, which is reported at the end.
final class TensorBoardObserver: RunObserver {
  private let files: TensorBoardFiles
  private let directory: String
  private var isWriting = true

  /// Throws if something prevents event files of `runs`.
  init(of folder: URL, in directory: String, runs: [String]) throws {
    files = TensorBoardFiles(of: folder, in: directory)
    self.directory = directory
    try files.require(runs: runs)
  }

  func show(_ event: TrainingEvent, _ progress: Progress) {
    switch event {
    case .finishedEpoch, .ended: if isWriting { isWriting = (try? files.writeNumbers()) != nil }
    default: break
    }
  }

  /// Writes all event files, including pictures, and prints where they are.
  func finish() throws {
    try files.writeAll()
    print("TensorBoard: \(directory)")
  }
}
