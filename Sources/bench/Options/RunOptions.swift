import ArgumentParser
import Experiments
import Files
import Foundation
import Records

/// Where results go, and how many threads to use.
struct RunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Output folder: new, empty, or one to resume (default: runs/DATASET-RECIPE-TIME).", valueName: "dir"))
  var out: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Minutes between saves of an unfinished run, from which the same command with the same --out resumes; fractions \
      are allowed, 0 saves after every step (default: 10, and after each epoch while that takes at most 1 % of the \
      time).
      """, valueName: "minutes"))
  var saveEvery: Double?

  @Option(
    help: ArgumentHelp(
      "Also write TensorBoard event files to this folder, after every epoch; view with tensorboard --logdir DIR.",
      valueName: "dir"))
  var tensorboard: String?

  @OptionGroup var serving: ServeOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var log: LogOptions

  /// Returns the minutes; throws `invalidValue` if out of range.
  func checkedSaveMinutes() throws(ExperimentError) -> Double? {
    guard let saveEvery else { return nil }
    guard saveEvery >= 0, saveEvery <= 7 * 24 * 60 else {
      throw .invalidValue(
        option: "--save-every", value: "\(saveEvery)", expected: "0 to 10080 minutes (one week)")
    }
    return saveEvery
  }

  /// Returns the output folder; a default one is created in `parent`, with a name that no other job uses.
  func folder(
    dataset: String, recipe: String, in parent: String = "runs", date: Date = Date()
  ) throws -> URL {
    if let out { return try outputFolder(out) }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "yyyyMMdd-HHmmss"
    try makeFolder(parent, failingAs: RecordsError.self)
    let name = "\(parent)/\(dataset)-\(recipe)-\(format.string(from: date))"
    for number in 1... {
      let path = number == 1 ? name : "\(name)-\(number)"
      if makeDirectory(path) { return URL(fileURLWithPath: path, isDirectory: true) }
      guard errno == EEXIST else { throw RecordsError.unwritable(path: path, reason: systemReason()) }
    }
    preconditionFailure("there is always another number")
  }
}
