import Experiments
import Foundation

/// Shows on standard error how far an experiment is: one line that changes on a terminal, a line an epoch elsewhere.
final class Progress {
  private let isTerminal: Bool
  private let now: () -> Double
  private let write: (String) -> Void

  private var remainingWork: Int
  private var doneWork = 0
  private var start: Double
  private var cell = ""
  private var epoch = ""
  private var cellStart = 0.0
  private var cellImages = 0
  /// What is left of the run's work.
  private var cellWork = 0
  private var lastDrawn = -Double.infinity

  init(
    totalWork: Int, isTerminal: Bool = StandardError.isTerminal,
    now: @escaping () -> Double = { ProcessInfo.processInfo.systemUptime },
    write: @escaping (String) -> Void = StandardError.write
  ) {
    remainingWork = totalWork
    self.isTerminal = isTerminal
    self.now = now
    self.write = write
    start = now()
    cellStart = start
  }

  func show(_ event: TrainingEvent) {
    switch event {
    case .skipped(let cell, let work):
      remainingWork -= work
      line("\(cell.key): finished before")
    case .began(let cell, let number, let count, let work):
      self.cell = "[\(number)/\(count)] \(cell.key)"
      epoch = ""
      (cellStart, cellImages, cellWork) = (now(), 0, work)
    case .loadedWeights(let cell, let report):
      line("\(cell.variant.name): \(report.summary)")
    case .worked(let images, let work):
      cellImages += images
      doneWork += work
      remainingWork -= work
      cellWork -= work
      redraw()
    case .finishedEpoch(let index, let count, let loss, let top1):
      epoch = "epoch \(index + 1)/\(count)"
      let facts = "loss \(text(loss, digits: 3)), top-1 \(text(top1, digits: 1)) %"
      if isTerminal { redraw(force: true) } else { line("\(cell): \(epoch), \(facts), \(rate)\(timeLeft)") }
    case .ended(let cell, .finished(let top1, let best)):
      line(
        "\(self.cell.isEmpty ? cell.key : self.cell): top-1 \(text(top1, digits: 1)) % (best epoch \(text(best, digits: 1)) %)"
      )
    case .ended(_, .diverged(let epoch)):
      remainingWork -= cellWork
      line("\(self.cell): diverged in epoch \(epoch + 1): the loss is no number")
    }
  }

  /// Takes the changing line away.
  func clear() { if isTerminal { write("\r\u{1B}[K") } }

  /// A line that stays.
  private func line(_ text: String) { write((isTerminal ? "\r\u{1B}[K" : "") + text + "\n") }

  private func redraw(force: Bool = false) {
    guard isTerminal, force || now() - lastDrawn > 0.2 else { return }
    lastDrawn = now()
    let parts = [cell, epoch, rate].filter { !$0.isEmpty }
    write("\r\u{1B}[K" + parts.joined(separator: ", ") + timeLeft)
  }

  private var rate: String {
    let seconds = now() - cellStart
    return seconds > 0 ? "\(text(Double(cellImages) / seconds, digits: 0)) images/s" : ""
  }

  private var timeLeft: String {
    guard doneWork > 0, remainingWork > 0 else { return "" }
    let seconds = Int((now() - start) / Double(doneWork) * Double(remainingWork))
    let time =
      switch seconds {
      case 3600...: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
      case 60...: "\(seconds / 60) min \(seconds % 60) s"
      default: "\(seconds) s"
      }
    return ", \(time) left"
  }

  private func text(_ value: Double, digits: Int) -> String { String(format: "%.\(digits)f", value) }
}
