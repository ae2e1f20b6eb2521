import Models
import Operators
import Records
import Tensors
import Testing

@testable import Performance

@Suite struct LayerTests {
  private func benchmark(_ model: WorkloadName, _ precision: Precision = .fp32) throws -> LayerBenchmark {
    var steps = StageBenchmark(model: model)
    (steps.backbone, steps.size, steps.batch, steps.rounds, steps.precision) = (.resnet18, 128, 2, 2, precision)
    return try LayerBenchmark(steps)
  }

  @Test(arguments: [(1, 4.0), (2, 16.0 / 9)]) func winogradExecutesFewerProducts(_ stride: Int, _ saving: Double) {
    let geometry = Conv2DGeometry(inputChannels: 64, outputChannels: 128, kernel: 3, stride: stride, padding: 1)
    for toInput in [false, true] {
      func products(_ algorithm: Conv2DAlgorithm) -> Double {
        Double(geometry.multiplications(by: algorithm, input: [3, 64, 32, 64], toInput: toInput))
      }
      #expect(products(.direct) / products(.winograd) == saving)
    }
  }

  @Test(arguments: [WorkloadName.resnet, .s3n]) func allPassesMakeUpAStep(_ model: WorkloadName) throws {
    let benchmark = try benchmark(model)
    let flops = benchmark.layers.reduce(0.0) { sum, layer in
      sum + Double(layer.counts.values.reduce(0, +)) * layer.shape.flops
    }
    let work =
      model == .s3n
      ? ModelWork(
        s3n: S3NConfiguration(backbone: .resnet18, classes: 200), images: 2, size: 128, phase: .train, parameters: 0)
      : ModelWork(resnet: .resnet18, classes: 200, images: 2, size: 128, phase: .train, parameters: 0)
    let others: [Work?] = [work[.heads], work[.responseMap], work[.grid], work[.sample], work[.backwardSampling]]
    let rest = others.reduce(0.0) { $0 + ($1?.flops ?? 0) }
    #expect(abs(flops - (work.step.flops - rest)) < 1e-9 * flops)
  }

  @Test(arguments: Precision.allCases) func everyPassAndBothStepsHaveARow(_ precision: Precision) throws {
    let benchmark = try benchmark(.resnet, precision)
    let roofline = Roofline(
      instructionSet: .current, threads: 1, arithmetic: [1e11], arithmeticBF16: [2e11], bandwidth: [1e10], load: nil)
    let rows = try benchmark.run(on: roofline)
    let passes = benchmark.layers.reduce(0) { $0 + $1.counts.values.count { $0 > 0 } }
    #expect(rows.count == passes + 2)
    for row in rows {
      // Tiles fit these images exactly, so none extends beyond an edge.
      #expect(row.medianNanoseconds > 0 && row.executedFlops > 0 && row.executedFlops <= row.flops)
      // The bound is set by the executed operations or by the bytes.
      #expect(row.boundNanoseconds * row.peakArithmetic > 0.99e9 * row.executedFlops || row.layer == LayerRow.wholeStep)
      #expect(row.boundNanoseconds * 10 > 0.99 * row.bytes || row.layer == LayerRow.wholeStep)
    }
    let train = try #require(rows.last)
    let alone = rows.dropLast(2).reduce(0) { $0 + Double($1.count) * $1.boundNanoseconds }
    #expect(train.pass == "train" && train.boundNanoseconds > alone)
  }

  @Test func modelsWithoutConvolutionsAreRefused() {
    #expect(throws: PerformanceError.self) { try LayerBenchmark(StageBenchmark(model: .smoothing)) }
  }
}
