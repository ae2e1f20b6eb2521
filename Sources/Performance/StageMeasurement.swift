import Records
import Tensors
import Timing

/// All samples of a stage benchmark, and the conditions under which they were taken.
public struct StageMeasurement: Sendable {
  public let subject: PerformanceSubject
  /// One row per stage of each step, in order.
  public let rows: [PerformanceRow]
  /// The CPU load of others over all timed steps; nil where the system does not report it.
  public let load: OtherLoad?
  public let memory: PeakMemory
  public let startUpNanoseconds: Int?
  private let work: [Stage: Work]

  init(
    benchmark: StageBenchmark, steps: [(samples: [StageSample], load: OtherLoad?)], load: OtherLoad?,
    work: (Stage) -> Work?, memory: PeakMemory, startUpNanoseconds: Int?
  ) {
    let subject = PerformanceSubject(benchmark, threads: benchmark.model == .loader ? 1 : Threads.count)
    let counts = Stage.allCases.reduce(into: [Stage: Work]()) { $0[$1] = work($1) }
    self.subject = subject
    self.load = load
    self.memory = memory
    self.startUpNanoseconds = startUpNanoseconds
    self.work = counts
    // Single steps may be too short to judge, so the load over all of them also applies to each.
    let isFinal = load.map { !$0.mayBeBusy } ?? false
    rows = steps.enumerated().flatMap { number, step in
      step.samples.map { sample in
        PerformanceRow(
          phase: sample.phase.rawValue, step: number, stage: sample.stage.rawValue,
          durationNanoseconds: sample.durationNanoseconds,
          status: isFinal ? .init(step.load) : .busy, otherCPUs: step.load?.cpus, subject: subject,
          flops: counts[sample.stage]?.flops, bytes: counts[sample.stage]?.bytes, peakTensorBytes: memory.tensorBytes,
          peakResidentBytes: memory.residentBytes, startUpNanoseconds: startUpNanoseconds)
      }
    }
  }

  /// Whether others disturbed none of the steps.
  public var isFinal: Bool { !rows.contains { $0.status == .busy } }

  /// Returns the work of a stage; nil if it is not counted.
  public func work(of stage: String) -> Work? { Stage(rawValue: stage).flatMap { work[$0] } }

  /// A summary of each stage in the order of `Stage`, with the whole step last.
  public var summaries: [StageSummary] {
    let order = Dictionary(uniqueKeysWithValues: Stage.allCases.enumerated().map { ($1.rawValue, $0) })
    return StageSummary.summaries(of: rows.map(StageRow.init)).sorted {
      order[$0.stage, default: 0] < order[$1.stage, default: 0]
    }
  }
}

extension PerformanceSubject {
  /// Describes this program as currently configured.
  init(_ benchmark: StageBenchmark, threads: Int) {
    let environment = RunEnvironment(
      instructionSet: InstructionSet.nameOfKernels, threads: threads, libraries: [:])
    let commit = environment.commit.map { String($0.hash.prefix(10)) + ($0.dirty ? "+changes" : "") }
    let isSmoothed = benchmark.model == .s3n || benchmark.model == .smoothing
    self.init(
      version: commit ?? "unknown", variant: environment.instructionSet, precision: benchmark.precision.rawValue,
      machine: "\(environment.cpu.model), \(environment.cpu.logicalCores) CPUs", model: benchmark.model.rawValue,
      backbone: benchmark.model.hasBackbone ? benchmark.backbone.name : "", size: benchmark.size,
      batch: benchmark.batch, threads: threads, smoothing: isSmoothed ? benchmark.smoothing.rawValue : nil,
      grid: isSmoothed || benchmark.model == .resampling ? benchmark.gridSide : nil)
  }
}
