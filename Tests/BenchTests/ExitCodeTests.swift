import ArgumentParser
import Comparisons
import Datasets
import Experiments
import Figures
import Models
import Records
import Regression
import Testing
import WeightFiles

@testable import bench

@Suite struct ExitCodeTests {
  @Test func eachVerdictOfAGateHasItsCode() {
    let codes = [GateReport.Verdict.same, .regression, .improvement, .notComparable].map { ExitCode(for: $0)?.rawValue }
    #expect(codes == [nil, 2, 4, 65])
  }

  @Test func eachErrorHasTheCodeOfItsFault() {
    #expect(ExitCode(for: ExperimentError.unknownName(kind: "recipe", name: "x", known: [], nearest: nil)) == .usage)
    #expect(ExitCode(for: DatasetError.folderRequired(dataset: "cub")) == .usage)
    #expect(ExitCode(for: DatasetError.brokenImage(.init(path: "a", reason: "b"))) == .data)
    #expect(ExitCode(for: DatasetError.cannotWrite(path: "a", reason: "b")) == .cannotWrite)
    #expect(ExitCode(for: RecordsError.unwritable(path: "a", reason: "b")) == .cannotWrite)
    #expect(ExitCode(for: RecordsError.unreadable(file: "a", reason: "b")) == .data)
    #expect(ExitCode(for: WeightFileError.cannotWrite(path: "a", reason: "b")) == .cannotWrite)
    #expect(ExitCode(for: WeightFileError.cannotRead(path: "a", reason: "b")) == .data)
    #expect(ExitCode(for: ModelError.foreignWeights(path: "a", model: "b", reason: "c")) == .data)
    #expect(ExitCode(for: ModelError.notFinite(path: "a", flaws: [])) == .notFinite)
    #expect(ExitCode(for: ExperimentError.notFinite(path: "a")) == .notFinite)
    #expect(ExitCode(for: ExperimentError.diverged(runIDs: ["a"])) == .notFinite)
    #expect(ExitCode(for: ExperimentError.modelNotKept(runID: "a", path: "b")) == .usage)
    #expect(ExitCode(for: FiguresError.records(.unwritable(path: "a", reason: "b"))) == .cannotWrite)
    #expect(ExitCode(for: ComparisonsError.unknownReference("a", known: [])) == .usage)
    #expect(ExitCode(for: ComparisonsError.nothingToCompare(folder: "a", found: [])) == .data)
    #expect([129, 130, 143].contains(ExitCode(for: ExperimentError.interrupted)?.rawValue))
    #expect(ExitCode(for: CancellationError()) == nil)
    #expect([.notFinite, .usage, .data, .ourBug, .cannotWrite].map(\ExitCode.rawValue) == [3, 64, 65, 70, 73])
  }
}
