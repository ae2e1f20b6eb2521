import Foundation
import Records
import Testing

@testable import Figures

@Suite struct PeerRatiosTests {
  /// Returns steps of one program in two rounds, the second a tenth slower.
  private func rows(
    _ implementation: String, _ variant: String, milliseconds: Int, precision: String = "fp32", limit: String? = nil,
    model: String = "s3n"
  ) -> [PerformanceRow] {
    let subject = PerformanceSubject(
      implementation: implementation, version: "1", variant: variant, precision: precision, limit: limit,
      machine: "AMD EPYC, 2 CPUs", model: model, backbone: model == "s3n" ? "resnet50" : "", size: 448, batch: 8,
      threads: 2)
    return (0..<2).map { round in
      PerformanceRow(
        phase: "train", step: 0, stage: StageRow.wholeStep,
        durationNanoseconds: 1_000_000 * milliseconds * (10 + round),
        status: .final, round: round, subject: subject)
    }
  }

  private var measured: [PerformanceRow] {
    rows(PerformanceSubject.ownName, "avx512", milliseconds: 10)
      + rows("pytorch", "eager channels-last", milliseconds: 30)
      + rows("pytorch", "compiled channels-last", milliseconds: 20)
      + rows(PerformanceSubject.ownName, "avx512", milliseconds: 8, precision: "bf16")
      + rows("pytorch", "compiled channels-last", milliseconds: 4, precision: "bf16")
      + rows(PerformanceSubject.ownName, "avx2", milliseconds: 15, limit: "avx2")
      + rows("pytorch", "eager channels-last", milliseconds: 45, limit: "avx2")
      + rows(PerformanceSubject.ownName, "avx512", milliseconds: 1, model: "smoothing")
      + rows("pytorch", "direct", milliseconds: 50, model: "smoothing")
      + rows("pytorch", "fft", milliseconds: 2, model: "smoothing")
  }

  @Test func onlyTheSameWorkInTheSamePrecisionUnderTheSameLimitIsCompared() {
    let ratios = PeerRatio.ratios(of: measured)
    #expect(ratios.map(\.ratio) == [3, 2, 0.5, 3, 50, 2])
    #expect(PeerRatio.strongest(of: ratios).map(\.ratio) == [2, 0.5, 3, 2])
    #expect(ratios[1].range == 2...2)
  }

  @Test func theStrongestIsDrawnAndPyTorchAsItComesBesideIt() throws {
    let figure = try PeerRatios(of: measured, scope: .networks)
    // A heading line before each group.
    #expect(figure.rows.map { $0[0] } == ["2", "4", "6"])
    #expect(figure.rows.map { $0[1] } == ["fp32", "bf16", "fp32, all held to AVX2"])
    #expect(
      figure.rows.map { $0[8] } == ["2.00 × PyTorch compiled", "0.50 × PyTorch compiled", "3.00 × PyTorch eager"])
    #expect(figure.rows.map { $0[9] } == ["3.0", "", ""])
    let parts = try PeerRatios(of: measured, scope: .parts)
    #expect(parts.rows.map { $0[0] } == ["1"] && parts.rows.map { $0[8] } == ["2.00 × PyTorch by FFT"])
    #expect(parts.rows.map { $0[10] } == ["50.0 × direct"])
    #expect(parts.commands.contains("Circle: PyTorch''s convolution."))
    #expect(figure.rows.map { $0[10] } == ["3.00 × eager", "", ""])
    #expect(figure.commands.contains("Circle: PyTorch eager."))
  }

  @Test func withoutAnotherProgramThereIsNothingToDraw() {
    let alone = rows(PerformanceSubject.ownName, "avx512", milliseconds: 10)
    #expect(throws: FiguresError.self) { try PeerRatios(of: alone, scope: .networks) }
  }
}
