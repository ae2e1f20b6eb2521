import Experiments
import Foundation
import Interchange

/// Keeps TensorBoard's event files up to date with a run, epoch by epoch, until that fails once, which is told at the end.
final class TensorBoardObserver: RunObserver {
  private let files: TensorBoardFiles
  private let directory: String
  private var isWriting = true

  /// Throws what is in the way of event files of `runs`.
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

  /// Writes all of it, the pictures too, and says where it is.
  func finish() throws {
    try files.writeAll()
    print("TensorBoard: \(directory)")
  }
}
