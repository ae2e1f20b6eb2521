import Records
import Testing

@testable import Figures

@Suite struct SmoothingScalingTests {
  /// Returns steps of one method whose p10 and p90 lie 5 % from each median, or as far as `spread` says.
  private func steps(_ method: String, _ milliseconds: [Int: Double], spread: Double = 0.05) -> [PerformanceRow] {
    milliseconds.sorted { $0.key < $1.key }.flatMap { grid, median in
      [1 - 1.25 * spread, 1, 1 + 1.25 * spread].enumerated().map { step, factor in
        PerformanceRow(
          phase: "infer", step: step, stage: StageRow.wholeStep, durationNanoseconds: Int(1e6 * median * factor),
          status: .final,
          subject: PerformanceSubject(
            version: "1", variant: "avx2", machine: "a CPU", model: "smoothing", backbone: "", size: 0, batch: 16,
            threads: 2, smoothing: method, grid: grid))
      }
    }
  }

  private func series(_ label: String, _ rows: [PerformanceRow]) -> ScalingSeries {
    ScalingSeries(label, colour: "", StepTime.times(of: rows)) { Double($0.subject.grid ?? 0) }
  }

  @Test func aCrossingLiesWhereTheLinesMeet() throws {
    let direct = series("direct", steps("direct", [10: 1, 20: 16, 40: 256]))
    let fft = series("FFT", steps("fft", [10: 4, 20: 8, 40: 16]))
    let crossings = Crossing.all(among: [direct, fft])
    let only = try #require(crossings.first)
    #expect(crossings.count == 1)
    // (g/10)^4 = 4 (g/10)
    #expect(abs(only.grid - 15.874) < 0.001)
    #expect(abs(only.seconds - 0.0063496) < 1e-6)
    #expect((only.winner, only.loser) == ("FFT", "direct"))
    #expect(Crossing.sentence(crossings) == "Rings: FFT overtakes direct at 16.")
  }

  @Test func linesThatTouchWithinTheirRangesDoNotCross() {
    let a = series("a", steps("fft", [10: 1, 20: 2.05, 40: 4, 80: 8.05, 160: 16]))
    let b = series("b", steps("direct", [10: 1.5, 20: 2, 40: 4.05, 80: 8, 160: 24]))
    #expect(Crossing.all(among: [a, b]).isEmpty)
    #expect(Crossing.sentence([]) == "No method overtakes another.")
  }

  @Test func aLeadThatIsLostThroughSeveralTiesIsOneCrossing() {
    let a = series("a", steps("fft", [10: 1, 20: 2.02, 40: 3.98, 80: 8.02, 160: 24]))
    let b = series("b", steps("direct", [10: 1.5, 20: 2, 40: 4, 80: 8, 160: 16]))
    let crossings = Crossing.all(among: [a, b])
    #expect(crossings.count == 1)
    #expect(crossings.allSatisfy { $0.winner == "b" && (20...80).contains($0.grid) })
  }

  @Test func stepsThatTookNoTimeAreNotDrawn() {
    #expect(throws: FiguresError.self) { try SmoothingScaling(of: steps("fft", [10: 0, 20: 0]), phase: "train") }
    #expect(throws: FiguresError.self) { try SmoothingScaling(of: steps("fft", [10: -1, 20: -2]), phase: "train") }
  }

  @Test func theFigureNamesItsCrossings() throws {
    let rows = steps("direct", [10: 1, 20: 16]) + steps("separable", [10: 2, 20: 4]) + steps("fft", [10: 4, 20: 6])
    let figure = try SmoothingScaling(of: rows, phase: "infer")
    #expect(
      figure.commands.contains(
        "Rings: separable overtakes direct at 13; FFT overtakes direct at 15."))
    #expect(throws: FiguresError.self) { try SmoothingScaling(of: rows, phase: "train") }
  }
}
