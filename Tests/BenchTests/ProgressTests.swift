import Experiments
import Testing

@testable import bench

@Suite struct ProgressTests {
  private func shown(isTerminal: Bool) -> [String] {
    var time = 0.0
    var lines: [String] = []
    let progress = Progress(totalWork: 1000, isTerminal: isTerminal, now: { time }, write: { lines.append($0) })
    let cell = Cell(.s3n, seed: 3)
    progress.show(.skipped(Cell(.baseline, seed: 3), work: 200))
    progress.show(.began(cell, number: 2, of: 2, work: 800))
    time = 10
    progress.show(.worked(images: 80, work: 100))
    progress.show(.finishedEpoch(0, of: 4, loss: 1.23456, top1: 45.678))
    progress.show(.ended(cell, .finished(top1: 50, bestTop1: 51.25)))
    return lines
  }

  @Test func elsewhereAnEpochIsALine() {
    #expect(
      shown(isTerminal: false) == [
        "baseline-seed3: finished before\n",
        "[2/2] s3n-seed3: epoch 1/4, loss 1.235, top-1 45.7 %, 8 images/s, 1 min 10 s left\n",
        "[2/2] s3n-seed3: top-1 50.0 % (best epoch 51.2 %)\n",
      ])
  }

  @Test func onATerminalOneLineChanges() {
    let lines = shown(isTerminal: true)
    #expect(lines.allSatisfy { $0.hasPrefix("\r\u{1B}[K") })
    #expect(lines.contains("\r\u{1B}[K[2/2] s3n-seed3, epoch 1/4, 8 images/s, 1 min 10 s left"))
    #expect(lines.filter { $0.hasSuffix("\n") }.count == 2)
  }
}
