import ArgumentParser
import Experiments
import Foundation
import Tensors

/// Where results go, and on how many threads.
struct RunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The output folder: new, empty, or one to go on in (default: runs/DATASET-RECIPE-TIME).", valueName: "dir"))
  var out: String?

  @OptionGroup var threads: ThreadOptions

  func folder(dataset: String, recipe: String, date: Date = Date()) -> URL {
    if let out { return URL(fileURLWithPath: out, isDirectory: true) }
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "yyyyMMdd-HHmmss"
    return URL(fileURLWithPath: "runs/\(dataset)-\(recipe)-\(format.string(from: date))", isDirectory: true)
  }
}

struct ThreadOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads of the engine (default: all CPUs). Results do not depend on it.", valueName: "count"))
  var threads: Int?

  /// Sets the engine's threads.
  func apply() throws {
    guard let threads else { return }
    guard (1...64).contains(threads) else {
      throw ExperimentError.invalidValue(option: "--threads", value: "\(threads)", expected: "a number from 1 to 64")
    }
    Threads.use(threads)
  }
}
