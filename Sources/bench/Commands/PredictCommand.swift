import ArgumentParser
import Datasets
import Experiments
import Foundation
import Models
import Records

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Classify images with a trained model: print the most probable classes.",
    discussion: """
      Images are read and cropped as in the model's own tests, so a file gets the same scores as from bench evaluate \
      --predictions (except where peaks are drawn at random: p = 1, random-peaks). A folder stands for all images in \
      it; - reads a list of files and folders from standard input, one per line.

      A file that is not a complete image is named and skipped; the exit code is then 65, once all others are done.
      """)

  enum Format: String, EnumerableFlag {
    case json, csv

    static func help(for value: Format) -> ArgumentHelp? {
      value == .json ? "Print one JSON object per line and image." : "Print CSV, one row per image, head and class."
    }
  }

  @OptionGroup(title: "Model") var model: ModelOptions

  @Argument(help: ArgumentHelp("Images, folders of images, or - for a list.", valueName: "image|folder|-"))
  var images: [String]

  @Option(parsing: .unconditional, help: ArgumentHelp("Number of classes to print.", valueName: "number"))
  var top = 5

  @Flag(help: "Print every head's classes, not only those of the head that predicts.")
  var heads = false

  @Flag(help: "Output format (default: text).")
  var format: Format?

  @OptionGroup var test: TestOptions

  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    guard top > 0 else { throw ValidationError("--top \(top): expected a number of 1 or more.") }
  }

  func run() throws {
    try threads.apply()
    let model = try test.applied(to: model.read())
    if model.dataset == nil { complain("\(model.path): \(model.report.summary)") }
    let files = ImagePaths(images)
    for problem in files.problems { complain(problem) }
    var broken = files.problems.count
    let signals = StopSignals()
    if format == .csv { print(csvLine(["image", "head", "rank", "class", "probability"]), terminator: "") }
    try model.predict(files.paths, top: top, shouldStop: { signals.isStopWanted }) { answers in
      for answer in answers {
        switch answer {
        case .success(let answer): print(text(of: answer), terminator: "")
        case .failure(let failure):
          broken += 1
          complain("\(failure.image)")
        }
      }
    }
    guard broken == 0 else {
      complain("\(counted(broken, "image or folder", plural: "images or folders")) could not be used.")
      throw ExitCode.data
    }
  }

  private func text(of answer: TrainedModel.Answer) -> String {
    let shown = heads ? answer.heads[...] : answer.heads.prefix(1)
    switch format {
    case .csv:
      return shown.flatMap { head, classes in
        classes.enumerated().map { rank, entry in
          csvLine([answer.path, head.rawValue, "\(rank + 1)", entry.name, entry.probability.field])
        }
      }.joined()
    case .json:
      let heads = shown.map { head, classes in
        PredictedImage.Head(
          head: head.rawValue,
          classes: classes.map { PredictedImage.Entry(name: $0.name, probability: $0.probability) })
      }
      return PredictedImage(image: answer.path, heads: heads).line
    case nil:
      return shown.map { head, classes in
        "\(answer.path)\(heads ? " \(head.rawValue)" : ""): "
          + classes.map { "\($0.name) \(oneDecimal(100 * Double($0.probability))) %" }.joined(separator: ", ") + "\n"
      }.joined()
    }
  }
}

/// One line of `--json`.
private struct PredictedImage: Encodable {
  struct Head: Encodable {
    let head: String
    let classes: [Entry]
  }

  struct Entry: Encodable {
    let name: String
    let probability: Float

    enum CodingKeys: String, CodingKey {
      case name = "class"
      case probability
    }
  }

  let image: String
  let heads: [Head]

  var line: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings and finite numbers can always be encoded.
    return ((try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "") + "\n"
  }
}
