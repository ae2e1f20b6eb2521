import Records
import Testing

@testable import Figures

@Suite struct LayerRooflineTests {
  private func row(_ layer: String, _ pass: String, _ precision: String, peak: Double, share: Double) -> LayerRow {
    var row = LayerRow.blank
    (row.layer, row.pass, row.algorithm, row.count) = (layer, pass, "winograd", 2)
    (row.subject.precision, row.subject.backbone, row.subject.model) = (precision, "resnet50", "resnet")
    (row.executedFlops, row.bytes, row.medianNanoseconds, row.boundNanoseconds) = (4e9, 1e8, 5e7, 5e7 * share)
    (row.peakArithmetic, row.peakBandwidth) = (peak, 2e10)
    return row
  }

  @Test func aLayerIsAPointUnderTheRoofs() throws {
    let layers = [
      row("3x3, 64 to 64 channels, 112x112", "forward", "bf16", peak: 1e11, share: 0.8),
      row("1x1, 64 to 64 channels, 112x112", "forward", "bf16", peak: 2e11, share: 0.8),
      row(LayerRow.wholeStep, "train", "bf16", peak: 2e11, share: 0.75),
      row("other", "forward", "fp32", peak: 1e11, share: 0.5),
    ]
    let figure = try LayerRoofline(of: layers, precision: "bf16")
    #expect(figure.name == "roofline-bf16")
    let words = ["forward", "winograd", "40.0", "80.0", "0.5", "80.0"]
    #expect(figure.rows.map { [$0[0]] + $0[2...] } == [words, words])
    #expect(figure.commands.contains("training 75 %"))
    #expect(figure.commands.contains("roof(100.0, x)") && figure.commands.contains("roof(200.0, x)"))
    #expect(try LayerRoofline(of: layers, precision: "fp32").name == "roofline")
  }

  @Test func roofsThatAreNoNumbersAreNotDrawn() {
    #expect(throws: FiguresError.self) {
      try LayerRoofline(of: [row("layer1", "forward", "fp32", peak: .nan, share: 0.5)], precision: "fp32")
    }
  }

  @Test func withoutLayersThereIsNothingToDraw() {
    #expect(throws: FiguresError.self) { try LayerRoofline(of: [], precision: "fp32") }
  }
}
