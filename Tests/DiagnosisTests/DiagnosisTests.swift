import DatasetStore
import Limits
import Performance
import Testing

@testable import Diagnosis

@Suite struct DiagnosisTests {
  @Test func theInstructionSetInUseShouldBeTheBest() {
    let best = Processor(model: "A CPU", supported: [.portable, .avx2], current: .avx2).check
    #expect(best == .ok("cpu", "A CPU, can run portable, avx2; avx2 is in use"))
    #expect(
      Processor(model: "A CPU", supported: [.portable, .avx2], current: .portable).check.advice!.contains("S3N_ISA"))
    #expect(Processor(model: "A CPU", supported: [.portable], current: .portable).check.status == .warning)
  }

  @Test func threadsShouldFitTheCPUs() {
    #expect(EngineThreads(count: 2, allowed: 2, machine: 4).check.status == .ok)
    #expect(EngineThreads(count: 1, allowed: 2, machine: 4, quota: 1.5).check.status == .ok)
    #expect(EngineThreads(count: 2, allowed: 2, machine: 4, quota: 1.5).check.advice!.contains("--threads"))
    #expect(EngineThreads(count: 3, allowed: 2, machine: 4).check.status == .warning)
    #expect(EngineThreads(count: 1, allowed: 2, machine: 4, quota: 0.5).check.advice!.contains("quota"))
  }

  @Test func memoryShouldHoldARecipe() {
    func status(_ limit: Int, _ available: Int?) -> Check.Status {
      Memory(
        limit: MemoryLimit(bytes: limit << 30), availableBytes: available.map { $0 << 30 },
        needs: [("quick", 1 << 30), ("paper", 10 << 30)]
      ).check.status
    }
    #expect(status(16, 12) == .ok && status(16, nil) == .ok)
    #expect(status(4, nil) == .warning && status(16, 8) == .warning && status(16, 0) == .warning)
    #expect(status(0, nil) == .error)
  }

  @Test func foldersShouldBeWritableAndHaveRoom() {
    func check(_ free: Int, writable: Bool = true) -> Check {
      Disk(
        "output", "runs", space: DiskSpace(folder: ".", freeBytes: free << 30), isWritable: writable,
        wanted: (1 << 30, "A run"), elsewhere: "name another folder with --out"
      ).check
    }
    #expect(check(5) == .ok("output", "runs, 5.0 GiB free"))
    #expect(check(0).advice == "A run may take 1.0 GiB: free space, or name another folder with --out.")
    #expect(check(5, writable: false).status == .error)
    #expect(Disk("output", "/proc/nowhere", wanted: (1, "A run"), elsewhere: "x").check.status != .ok)
  }

  @Test func withoutWhatDrawsThereAreWarnings() {
    var drawing = Drawing(
      gnuplot: "gnuplot 5.4", missingTerminals: [], font: "DejaVu Sans Book", wantedFonts: ["Arial", "DejaVu Sans"])
    #expect(drawing.checks.map(\.status) == [.ok, .ok])
    drawing.missingTerminals = ["pngcairo"]
    drawing.font = "Courier"
    #expect(drawing.checks.map(\.status) == [.warning, .warning])
    #expect(
      Drawing(gnuplot: nil, missingTerminals: [], font: nil, wantedFonts: []).checks.map(\.status) == [
        .warning, .warning,
      ])
    #expect(BLAS(name: "", obstacle: "no such file").check.status == .error)
  }

  @Test func whatIsInTheStoreIsNamed() {
    let text = Stored(.datasets, present: ["cub"], absent: ["cars"]).check.text
    #expect(text.contains("in the store: cub; to be fetched (bench data fetch): cars"))
  }

  @Test func theEngineEqualsItsReferencesHere() throws {
    var asked = 0
    let test = try SelfTest.run { _, _ in
      asked += 1
      return true
    }
    #expect(test.failure == nil && test.operators > 30 && asked == test.operators && test.check.status == .ok)
    #expect(throws: PerformanceError.interrupted) { try SelfTest.run { _, _ in false } }
    #expect(SelfTest(operators: 1, seconds: 0, failure: "conv2d is off").check.status == .error)
  }
}
