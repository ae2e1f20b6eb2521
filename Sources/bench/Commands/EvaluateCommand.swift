import ArgumentParser
import Experiments
import Foundation
import Records
import Statistics

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Test a trained model: report accuracy, loss and agreement of each head.",
    discussion: """
      A checkpoint of bench train is tested on its own dataset and classes, as during training, unless options say \
      otherwise. Other files do not say what they were trained on: name the dataset. Their head must have as many \
      classes as the dataset, in the same order.

      Weights with infinities, NaNs or negative variances are refused before any image is read; the exit code is 3.
      """)

  @OptionGroup(title: "Model") var model: ModelOptions

  @OptionGroup var test: TestOptions

  @OptionGroup(title: "Data") var dataset: DatasetOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var log: LogOptions

  @Option(help: ArgumentHelp("Also write every prediction to this CSV file.", valueName: "file"))
  var predictions: String?

  func run() throws {
    try threads.apply()
    let file = try predictions.map {
      try outputFile($0, option: "--predictions", apartFrom: [self.model.checkpoint])
    }
    let model = try test.applied(to: model.read())
    if model.dataset == nil { complain("\(model.path): \(model.report.summary)") }
    let dataset = try dataset.open(for: model)
    let progress = Progress(totalWork: model.cell.variant.passes * dataset.test.count)
    let signals = StopSignals()
    let evaluation = try model.evaluate(
      on: dataset, shouldStop: { signals.isStopWanted }, report: progress.show)
    progress.clear()
    let chance = String(format: "%.1f", 100 / Double(dataset.classNames.count))
    print(
      wrapped(
        "\(model.title), on \(dataset.name), \(counted(evaluation.images, "test image")), chance \(chance) %"),
      terminator: "")
    let id = URL(fileURLWithPath: model.path).deletingPathExtension().lastPathComponent
    let rows = evaluation.predictionRows(id: id, classNames: dataset.classNames)
    print(table(evaluation, rows, classes: dataset.classNames.count).text, terminator: "")
    if let file { try CSVTable.write(rows, to: file) }
  }

  private func table(_ evaluation: Evaluation, _ predictions: [PredictionRow], classes: Int) -> TextTable {
    let byHead = Dictionary(grouping: predictions, by: \.head)
    func text(_ value: Double?) -> String { value.map { String(format: "%.2f", $0) } ?? "" }
    var table = TextTable(
      header: ["head", "top-1 %", "95 % interval", "top-5 %", "class mean %", "loss", "agreement %"])
    for score in evaluation.scores {
      let accuracy = Accuracy(of: byHead[score.head.rawValue] ?? [])
      let interval = wilsonInterval(proportion: score.top1 / 100, n: evaluation.images)
      table.rows.append([
        score.head.rawValue, text(score.top1),
        interval.map { intervalText(100 * $0.lowerBound, 100 * $0.upperBound) } ?? "",
        classes < Accuracy.classesForTop5 ? "" : text(accuracy?.top5), text(accuracy?.meanClass),
        String(format: "%.4f", score.loss), String(format: "%.1f", score.agreement),
      ])
    }
    return table
  }
}
