import Files
import Foundation
import Records

/// Where an output folder keeps the states of unfinished runs: one file per run, of one run at a time.
struct StateFolder {
  let path: String

  private static let ending = ".safetensors"

  init(of folder: URL) { path = folder.appendingPathComponent("state", isDirectory: true).givenPath }

  func file(_ runID: String) -> String { path + "/" + runID + Self.ending }

  /// The runs whose state it holds.
  var runIDs: [String] {
    (folderEntries(path) ?? []).filter { !$0.hasPrefix(".") && $0.hasSuffix(Self.ending) }.map {
      String($0.dropLast(Self.ending.count))
    }
  }

  /// Removes the state of a run, and the folder once it is empty.
  func remove(_ runID: String) {
    removeFile(file(runID))
    removeEmptyFolder(path)
  }
}
