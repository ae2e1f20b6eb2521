import Benchmark
import Foundation
import Performance

/// Images per batch: S3N_BATCH, or 1.
private let images = ProcessInfo.processInfo.environment["S3N_BATCH"].flatMap(Int.init).map { max($0, 1) } ?? 1

/// Every operator case: checked against its reference, then timed.
let benchmarks: @Sendable () -> Void = {
  let arithmetic = BenchmarkMetric.custom("MFLOP/s", polarity: .prefersLarger, useScalingFactor: false)
  let bandwidth = BenchmarkMetric.custom("MB/s", polarity: .prefersLarger, useScalingFactor: false)
  for operatorCase in OperatorCase.all(images: images) {
    let rates = operatorCase.work.flops > 0 ? [arithmetic, bandwidth] : [bandwidth]
    let configuration = Benchmark.Configuration(
      metrics: [.wallClock] + rates, units: [arithmetic: .count, bandwidth: .count], warmupIterations: 3,
      maxDuration: .seconds(1), maxIterations: 1000)
    var prepared: PreparedOperator?
    Benchmark(operatorCase.name, configuration: configuration) { benchmark in
      let start = BenchmarkClock.now
      prepared?.run()
      let seconds = start.duration(to: .now) / .seconds(1)
      if operatorCase.work.flops > 0 {
        benchmark.measurement(arithmetic, Int(1e-6 * operatorCase.work.flops / seconds))
      }
      benchmark.measurement(bandwidth, Int(1e-6 * operatorCase.work.bytes / seconds))
    } setup: {
      prepared = operatorCase.prepare()
      // A wrong result ends the run before anything is timed.
      try prepared?.check()
    } teardown: {
      prepared = nil
    }
  }
}
