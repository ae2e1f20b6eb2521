import Files
import Foundation
import Records

/// Where an output folder keeps the states of runs that are not finished: one file a run, of one run at a time.
struct StateFolder {
  let path: String

  private static let ending = ".safetensors"

  init(of folder: URL) { path = folder.appendingPathComponent("state", isDirectory: true).givenPath }

  func file(_ runID: String) -> String { path + "/" + runID + Self.ending }

  /// The runs of which it holds a state.
  var runIDs: [String] {
    (folderEntries(path) ?? []).filter { !$0.hasPrefix(".") && $0.hasSuffix(Self.ending) }.map {
      String($0.dropLast(Self.ending.count))
    }
  }

  /// Takes the state of a run away, and the folder once it is empty.
  func remove(_ runID: String) {
    removeFile(file(runID))
    removeEmptyFolder(path)
  }
}
