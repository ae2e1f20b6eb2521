import Records
import Experiments
import Foundation

/// Shows an experiment's progress: each step on a terminal, a line per epoch elsewhere.
final class Progress {
  private let display: ProgressLine
  private let start: Double
  private var remainingWork: Int
  private var doneWork = 0
  private var cell = ""
  private var run = ""
  private var cellStart: Double
  private var cellImages = 0
  /// The remaining work of the run.
  private var cellWork = 0

  init(totalWork: Int, display: ProgressLine = ProgressLine()) {
    self.display = display
    remainingWork = totalWork
    start = display.time
    cellStart = start
  }

  func show(_ event: TrainingEvent) {
    switch event {
    case .skipped(let cell, let work):
      remainingWork -= work
      display.keep("\(cell.key): already finished", Event("run_skipped", ["run": .text(cell.key)]))
    case .began(let cell, let number, let count, let work):
      run = cell.key
      self.cell = "[\(number)/\(count)] \(cell.key)"
      (cellStart, cellImages, cellWork) = (display.time, 0, work)
      say(
        .debug, "\(self.cell) starts",
        Event("run_began", ["run": .text(cell.key), "number": JSONValue(number), "runs": JSONValue(count)]))
    case .loadedWeights(let cell, let report):
      display.keep(
        "\(cell.variant.name): \(report.summary)",
        Event("weights_loaded", ["variant": .text(cell.variant.name), "tensors": JSONValue(report.loaded.count)]))
    case .resumed(let resumed, let place, let epochs, let work):
      remainingWork -= work
      cellWork -= work
      display.keep("\(cell): resumes from \(place.text(of: epochs))", Event("run_resumed", ["run": .text(resumed.key)]))
    case .worked(let step):
      cellImages += step.images
      doneWork += step.work
      remainingWork -= step.work
      cellWork -= step.work
      display.change { line(step, length: $0) }
    case .finishedEpoch(let index, let count, let loss, let top1):
      guard !display.isTerminal else { return }
      display.keep(
        ["\(cell): epoch \(index + 1)/\(count)", "loss \(text(loss, digits: 3))", "top-1 \(text(top1, digits: 1)) %"]
          .joined(separator: ", ") + rate(" images/s") + timeLeft,
        Event(
          "epoch_finished",
          [
            "run": .text(run), "epoch": JSONValue(index + 1), "epochs": JSONValue(count), "loss": JSONValue(loss),
            "top1": JSONValue(top1),
          ]))
    case .ended(let cell, .finished(let top1, let best)):
      let name = self.cell.isEmpty ? cell.key : self.cell
      display.keep(
        "\(name): top-1 \(text(top1, digits: 1)) %, best \(text(best, digits: 1)) %",
        Event(
          "run_finished", ["run": .text(cell.key), "top1": JSONValue(top1), "best_top1": JSONValue(best)]))
    case .saved(let cell, let place, let epochs):
      display.keep("\(cell.key): saved at \(place.text(of: epochs))", Event("run_saved", ["run": .text(cell.key)]))
    case .notSaved(let cell, let reason):
      display.keep(
        "\(cell.key): its progress since the last save cannot be saved: \(reason)",
        Event("run_not_saved", ["run": .text(cell.key)]))
    case .ended(let ended, .diverged(let epoch)):
      remainingWork -= cellWork
      display.keep(
        "\(cell): diverged in epoch \(epoch + 1): the loss is not finite",
        Event("run_diverged", ["run": .text(ended.key), "epoch": JSONValue(epoch + 1)]))
    }
  }

  /// Removes the changing line.
  func clear() { display.clear() }

  /// Returns the run and the facts about the step, with labels if there is room.
  func line(_ step: StepReport, length: Int) -> String {
    func facts(_ stepWord: String, _ topWord: String, _ rateWord: String) -> String {
      // Without a run, a model is only tested.
      let epoch = cell.isEmpty ? "" : "epoch \(step.epoch + 1)/\(step.epochs), "
      let place = (step.isTraining ? stepWord : "test ") + "\(step.step + 1)/\(step.steps)"
      let scores = ", loss \(text(step.loss, digits: 3)), \(topWord)\(text(step.top1, digits: 1)) %"
      return epoch + place + scores + rate(rateWord) + timeLeft
    }
    let (long, short) = (facts("step ", "top-1 ", " images/s"), facts("", "", "/s"))
    guard !cell.isEmpty else { return long.count <= length ? long : short }
    if cell.count + 2 + long.count <= length { return "\(cell), \(long)" }
    let room = length - short.count - 2
    return room < 8 ? short : (cell.count <= room ? cell : cell.prefix(room - 1) + "…") + ", \(short)"
  }

  private func rate(_ word: String) -> String {
    let seconds = display.time - cellStart
    return seconds > 0 ? ", \(text(Double(cellImages) / seconds, digits: 0))\(word)" : ""
  }

  private var timeLeft: String {
    guard doneWork > 0, remainingWork > 0 else { return "" }
    return ", \(durationText((display.time - start) / Double(doneWork) * Double(remainingWork))) left"
  }

  private func text(_ value: Double, digits: Int) -> String { String(format: "%.\(digits)f", value) }
}
