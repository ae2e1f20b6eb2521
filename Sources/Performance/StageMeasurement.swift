import Records
import Tensors
import Timing

/// Every sample of a stage benchmark, and what was going on meanwhile.
public struct StageMeasurement: Sendable {
  public let subject: PerformanceSubject
  /// One row a stage of each step, in order.
  public let rows: [PerformanceRow]
  /// What others used of the CPUs over all timed steps; nil where the system does not say.
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
    // Single steps may be too short to tell: the load over all of them counts for each.
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

  /// Whether no step was held up by others.
  public var isFinal: Bool { !rows.contains { $0.status == .busy } }

  /// The work of a stage, where it is counted.
  public func work(of stage: String) -> Work? { Stage(rawValue: stage).flatMap { work[$0] } }

  /// A summary of each stage, in the order of `Stage`, the whole step last.
  public var summaries: [StageSummary] {
    let order = Dictionary(uniqueKeysWithValues: Stage.allCases.enumerated().map { ($1.rawValue, $0) })
    return StageSummary.summaries(of: rows.map(StageRow.init)).sorted {
      order[$0.stage, default: 0] < order[$1.stage, default: 0]
    }
  }
}

extension PerformanceSubject {
  /// Our own program, as it is set up now.
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
