import Datasets
import Foundation
import Models
import Operators
import Records
import Tensors
import TestSupport
import Testing
import Timing

@testable import Performance

/// Small enough to run in a moment.
private let tiny = ResNetConfiguration(name: "tiny", block: .basic, layers: [1, 1, 1, 1], width: 8)

@Suite(.serialized) struct WorkloadTests {
  private func benchmark(_ model: WorkloadName, _ phase: Phase) -> StageBenchmark {
    var benchmark = StageBenchmark(model: model)
    benchmark.backbone = tiny
    benchmark.size = 64
    benchmark.batch = 2
    benchmark.phase = phase
    benchmark.gridSide = 9
    benchmark.rounds = 3
    benchmark.warmUp = 1
    return benchmark
  }

  private static let cases: [(WorkloadName, Phase, Set<Stage>)] = [
    (.resnet, .infer, [.backboneOriginal, .heads, .other, .step]),
    (.resnet, .train, [.backboneOriginal, .heads, .loss, .backwardOriginal, .update, .other, .step]),
    (.smoothing, .infer, [.grid, .other, .step]),
    (.smoothing, .train, [.grid, .backwardSampling, .update, .other, .step]),
    (.resampling, .infer, [.sample, .other, .step]),
    (.resampling, .train, [.sample, .backwardSampling, .other, .step]),
    (.loader, .train, [.decode, .augment, .other, .step]),
    (.loader, .infer, [.decode, .augment, .other, .step]),
    (.s3n, .train, Set(Stage.allCases).subtracting([.decode, .augment, .load, .communicate])),
  ]

  @Test(arguments: cases)
  func stagesAddUpToTheStep(_ model: WorkloadName, _ phase: Phase, _ stages: Set<Stage>) throws {
    let measurement = try benchmark(model, phase).run()
    let rows = measurement.rows
    #expect(Set(rows.map(\.stage)) == Set(stages.map(\.rawValue)))
    #expect(Set(rows.map(\.step)) == [0, 1, 2])
    #expect(Set(rows.map(\.phase)) == [phase.rawValue])
    for step in 0..<3 {
      let ofStep = rows.filter { $0.step == step }
      let parts = ofStep.filter { $0.stage != "step" }.reduce(0) { $0 + $1.durationNanoseconds }
      #expect(ofStep.last?.stage == "step")
      #expect(ofStep.last?.durationNanoseconds == parts)
    }
    #expect(measurement.memory.tensorBytes > 0)
    #expect(Set(rows.map(\.subject)) == [measurement.subject])
    #expect(measurement.summaries.map(\.stage) == Stage.allCases.filter(stages.contains).map(\.rawValue))
  }

  @Test func everyStageOfS3NThatIsCountedIsTimed() throws {
    let measurement = try benchmark(.s3n, .infer).run()
    let timed = Set(measurement.rows.map(\.stage))
    let counted = Stage.allCases.filter { measurement.work(of: $0.rawValue) != nil }.map(\.rawValue)
    #expect(Set(counted).isSubset(of: timed))
    #expect(counted.contains("grid") && counted.contains("sample") && counted.contains("backbone_complementary"))
    #expect(measurement.subject.grid == 9 && measurement.subject.smoothing == "fft")
  }

  @Test func aBusyStepMakesItsRowsBusyAndBusyRunsAll() throws {
    let sample = StageSample(phase: .infer, step: 7, stage: .step, durationNanoseconds: 1000)
    func statuses(_ steps: [Double], whole: Double) -> [PerformanceRow.Status] {
      StageMeasurement(
        benchmark: benchmark(.resnet, .infer),
        steps: steps.map { ([sample], OtherLoad(cpus: $0, seconds: 1)) }, load: OtherLoad(cpus: whole, seconds: 3),
        work: { _ in nil }, memory: .current, startUpNanoseconds: nil
      ).rows.map(\.status)
    }
    #expect(statuses([0, 1, 0], whole: 0.01) == [.final, .busy, .final])
    #expect(statuses([0, 0, 0], whole: 0.5) == [.busy, .busy, .busy])
    #expect(statuses([0, 0.02], whole: 0.02) == [.final, .final])
  }

  @Test func theReportSaysWhatIsNotFinal() {
    let sample = StageSample(phase: .infer, step: 0, stage: .step, durationNanoseconds: 2_000_000)
    func report(_ cpus: Double, _ precision: Precision = .fp32) -> String {
      var benchmark = benchmark(.resnet, .infer)
      benchmark.precision = precision
      let load = OtherLoad(cpus: cpus, seconds: 1)
      let measurement = StageMeasurement(
        benchmark: benchmark, steps: [([sample], load)], load: load,
        work: { _ in Work(flops: 1e6, bytes: 1000) }, memory: .current, startUpNanoseconds: 1_500_000_000)
      let roofline = Roofline(
        instructionSet: .portable, threads: 1, arithmetic: [1e9], arithmeticBF16: [2e9], bandwidth: [1e9], load: nil)
      return StageReport(measurement, roofline: roofline).text
    }
    #expect(report(0.5).contains("NOT FINAL"))
    #expect(!report(0).contains("NOT FINAL") && report(0).contains("Final"))
    // A million operations in 2 ms are 0.5 GFLOP/s, half of what the machine can do.
    #expect(report(0).contains("0.5") && report(0).contains("50.0 %") && report(0).contains("compute"))
    #expect(report(0).contains("1.50 s"))
    #expect(report(0, .bf16).contains("25.0 %"))
  }

  @Test func modelsAreNamedByThemselvesOrByTheirBackbone() throws {
    let all = ResNetConfiguration.all
    #expect(try StageBenchmark(modelNamed: "resnet50", backbone: nil, among: all).model == .resnet)
    #expect(try StageBenchmark(modelNamed: "resnet18", backbone: nil, among: all).backbone == .resnet18)
    #expect(try StageBenchmark(modelNamed: "s3n", backbone: "resnet34", among: all).backbone == .resnet34)
    #expect(throws: PerformanceError.self) { try StageBenchmark(modelNamed: "vgg", backbone: nil, among: all) }
    #expect(throws: PerformanceError.self) { try StageBenchmark(modelNamed: "s3n", backbone: "vgg", among: all) }
    #expect(throws: PerformanceError.self) {
      try StageBenchmark(modelNamed: "resnet50", backbone: "resnet18", among: all)
    }
  }

  @Test func nonsenseIsRefused() {
    func fails(_ change: (inout StageBenchmark) -> Void) -> Bool {
      var benchmark = benchmark(.s3n, .train)
      change(&benchmark)
      do { try benchmark.validate() } catch { return true }
      return false
    }
    #expect(!fails { _ in })
    #expect(fails { $0.batch = 0 })
    #expect(fails { $0.size = 31 })
    #expect(fails { $0.rounds = 0 })
    #expect(fails { $0.warmUp = -1 })
    #expect(fails { $0.gridSide = 1 })
    #expect(fails { $0.phase = .load })
    #expect(fails { $0.normalizationGroup = 0 })
    #expect(fails { ($0.model, $0.precision) = (.smoothing, .bf16) })
    // 1024 images of 4096 x 4096 at once need terabytes.
    #expect(fails { ($0.batch, $0.normalizationGroup, $0.size, $0.backbone) = (1024, 1024, 4096, .resnet50) })
  }

  @Test func aFolderWithoutImagesIsNamed() throws {
    try withTemporaryFolder { folder in
      var benchmark = benchmark(.loader, .infer)
      benchmark.dataFolder = folder.path
      #expect(throws: PerformanceError.noImages(folder: folder.path)) { try benchmark.run() }

      try Data("no image".utf8).write(to: folder.appendingPathComponent("text.JPG"))
      #expect(throws: DatasetError.self) { try benchmark.run() }

      let picture = RGBImage(width: 40, height: 30, colour: [200, 100, 50])
      try Data(picture.jpeg()).write(to: folder.appendingPathComponent("text.JPG"))
      #expect(try benchmark.run().rows.count == 12)
    }
  }

  @Test(arguments: [0, 2]) func measuringEndsWhenItsUserWantsIt(_ steps: Int) throws {
    #expect(throws: PerformanceError.interrupted) { try benchmark(.smoothing, .infer).run { done, _ in done < steps } }
    var reported = 0
    #expect(throws: PerformanceError.interrupted) {
      try Scaling(smoothing: benchmark(.smoothing, .infer), grids: [5, 7]).run(goOn: { done, _ in done < steps }) {
        _, _ in
        reported += 1
      }
    }
    #expect(reported == steps)
  }

  @Test func scalingVariesOneThingAtATimeAndMeasuresNothingTwice() {
    var base = benchmark(.s3n, .train)
    (base.size, base.batch) = (64, 4)
    let scaling = Scaling(
      models: [.s3n, .resnet], phases: [.train], base: base, batches: [1, 4], sizes: [64, 96], threads: [200])
    let points = scaling.points.map { [$0.benchmark.batch, $0.benchmark.size] }
    #expect(points.prefix(4) == [[1, 64], [4, 64], [4, 96], [4, 64]])
    #expect(scaling.points.count == 8)
    #expect(scaling.points[3].threads == 200)
    let smoothing = Scaling(smoothing: base, grids: [7, 15])
    #expect(smoothing.points.count == 2 * 3 * 2)
    func refusal(_ scaling: Scaling) -> String {
      do { try scaling.validate() } catch { return "\(error)" }
      return ""
    }
    #expect(refusal(Scaling(smoothing: base, grids: [1])).hasPrefix("--grids 1 is not valid"))
    func models(batches: [Int], sizes: [Int]) -> Scaling {
      Scaling(models: [.resnet], phases: [.train], base: base, batches: batches, sizes: sizes, threads: [1])
    }
    #expect(refusal(models(batches: [0], sizes: [])).hasPrefix("--batches 0 is not valid"))
    #expect(refusal(models(batches: [], sizes: [10])).hasPrefix("--sizes 10 is not valid"))
    base.batch = 0
    #expect(refusal(models(batches: [], sizes: [64])).hasPrefix("--batch 0 is not valid"))
    #expect(refusal(Scaling(smoothing: base, grids: [7])).hasPrefix("--maps 0 is not valid"))
  }
}
