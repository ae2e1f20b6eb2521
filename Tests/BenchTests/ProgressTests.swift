import Experiments
import func Records.durationText
import Testing

@testable import bench

@Suite struct ProgressTests {
  private func shown(isTerminal: Bool, width: Int = 100, _ cell: Cell = Cell(.s3n, seed: 3)) -> [String] {
    var time = 0.0
    var lines: [String] = []
    let display = ProgressLine(
      isTerminal: isTerminal, width: { width }, now: { time }, write: { lines.append($0) },
      say: { text, _ in lines.append(text + "\n") })
    let progress = Progress(totalWork: 1000, display: display)
    progress.show(.skipped(Cell(.baseline, seed: 3), work: 200))
    progress.show(.began(cell, number: 2, of: 2, work: 800))
    for step in 0..<2 {
      time += 5
      progress.show(
        .worked(
          StepReport(
            isTraining: true, epoch: 0, of: 4, step: step, of: 60, images: 40, work: 50, loss: 1.23456, top1: 45.678)))
    }
    progress.show(.finishedEpoch(0, of: 4, loss: 1.23456, top1: 45.678))
    progress.show(.ended(cell, .finished(top1: 50, bestTop1: 51.25)))
    return lines
  }

  @Test func elsewhereAnEpochIsALine() {
    #expect(
      shown(isTerminal: false) == [
        "baseline-seed3: already finished\n",
        "[2/2] s3n-seed3: epoch 1/4, loss 1.235, top-1 45.7 %, 8 images/s, 1 min 10 s left\n",
        "[2/2] s3n-seed3: top-1 50.0 %, best 51.2 %\n",
      ])
  }

  private let clear = "\r\u{1B}[K"

  @Test func onATerminalOneLineChangesWithEachStep() {
    let lines = shown(isTerminal: true)
    #expect(lines[0] == "baseline-seed3: already finished\n")
    #expect(
      lines.contains(
        clear + "[2/2] s3n-seed3, epoch 1/4, step 2/60, loss 1.235, top-1 45.7 %, 8 images/s, 1 min 10 s left"))
    #expect(lines.filter { $0.hasSuffix("\n") }.count == 2)
  }

  @Test(arguments: [20, 40, 60, 79, 80, 81, 120, 200])
  func theLineHoldsAllThatThereIsRoomFor(width: Int) {
    let cell = Cell(.complementaryOnly, radiusInverse: 0.25, seed: 12)
    let lines = shown(isTerminal: true, width: width, cell).filter { $0.hasPrefix(clear) && $0 != clear }
    #expect(!lines.isEmpty)
    for line in lines.map({ $0.dropFirst(clear.count) }) {
      #expect(line.count < max(width, 21))
      guard width >= 79 else { continue }
      for fact in ["[2/2] comp", "epoch 1/4", "/60", "loss 1.235", "45.7 %", "8", "left"] {
        #expect(line.contains(fact))
      }
    }
  }

  @Test func worksOfEqualPartsAreToldOf() {
    var time = 0.0
    var lines: [String] = []
    let display = ProgressLine(
      isTerminal: false, width: { 80 }, now: { time }, write: { lines.append($0) },
      say: { text, _ in lines.append(text + "\n") })
    let counter = WorkCount("Checking images", display: display)
    for done in 1...40 {
      time += 1
      counter.show(done, of: 40)
    }
    #expect(lines.count == 9 && lines.first == "Checking images: 8 of 40, 32 s left\n")
    #expect(lines.last == "Checking images: 40 of 40\n")
    #expect(durationText(4200) == "1 h 10 min" && durationText(70) == "1 min 10 s" && durationText(-1) == "0 s")
  }
}
