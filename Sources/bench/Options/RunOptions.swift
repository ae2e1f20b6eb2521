import ArgumentParser
import Experiments
import Files
import Foundation
import Records

/// Where results go, and on how many threads.
struct RunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The output folder: new, empty, or one to go on in (default: runs/DATASET-RECIPE-TIME).", valueName: "dir"))
  var out: String?

  @OptionGroup var threads: ThreadOptions

  /// The folder; a default one is made here, in `parent`, under a name that no other job has.
  func folder(
    dataset: String, recipe: String, in parent: String = "runs", date: Date = Date()
  ) throws(RecordsError) -> URL {
    if let out { return URL(fileURLWithPath: out, isDirectory: true) }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "yyyyMMdd-HHmmss"
    try makeFolder(parent, failingAs: RecordsError.self)
    let name = "\(parent)/\(dataset)-\(recipe)-\(format.string(from: date))"
    for number in 1... {
      let path = number == 1 ? name : "\(name)-\(number)"
      if makeDirectory(path) { return URL(fileURLWithPath: path, isDirectory: true) }
      guard errno == EEXIST else { throw .unwritable(path: path, reason: systemReason()) }
    }
    preconditionFailure("there is always another number")
  }
}
