import ArgumentParser
import Experiments
import Foundation
import Records

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Test a checkpoint: accuracy, loss and agreement of each head.",
    discussion: "Dataset and classes are the checkpoint's own unless others are named.")

  @Option(help: ArgumentHelp("A checkpoint that train has written.", valueName: "file"))
  var checkpoint: String

  @OptionGroup(title: "Data") var dataset: DatasetOptions
  @OptionGroup var threads: ThreadOptions

  @Option(help: ArgumentHelp("Write every prediction to this CSV file.", valueName: "file"))
  var predictions: String?

  func run() throws {
    try threads.apply()
    let checkpoint = try Checkpoint(reading: self.checkpoint)
    let (dataset, _) = try dataset.open(
      standard: checkpoint.dataset.name, standardClasses: checkpoint.dataset.classes)
    let progress = Progress(totalWork: checkpoint.cell.variant.passes * dataset.test.count)
    let signals = StopSignals()
    let evaluation = try checkpoint.evaluate(
      on: dataset, shouldStop: { signals.isStopWanted }, report: progress.show)
    progress.clear()
    if let predictions {
      let id = URL(fileURLWithPath: self.checkpoint).deletingPathExtension().lastPathComponent
      try CSVTable.write(
        evaluation.predictionRows(id: id, classNames: dataset.classNames), to: URL(fileURLWithPath: predictions))
    }
    print(
      "\(checkpoint.cell.variant.name) on \(checkpoint.recipe.backbone.name), \(dataset.name), "
        + "\(evaluation.images) test images")
    print(table(evaluation).text, terminator: "")
  }

  private func table(_ evaluation: Evaluation) -> TextTable {
    var table = TextTable(header: ["head", "top-1 %", "95 % interval", "loss", "agreement %"])
    for score in evaluation.scores {
      let interval = wilsonInterval(proportion: score.top1 / 100, n: evaluation.images)
      table.rows.append([
        score.head.rawValue, String(format: "%.2f", score.top1),
        interval.map { String(format: "%.1f to %.1f", 100 * $0.lowerBound, 100 * $0.upperBound) } ?? "",
        String(format: "%.4f", score.loss), String(format: "%.1f", score.agreement),
      ])
    }
    return table
  }
}
