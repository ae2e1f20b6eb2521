import Records
import Tensors
import Timing

/// Steps of a model on any numbers of threads: simulated for all of them, measured for those that the machine has.
public struct SimulatedScaling: Sendable {
  public let benchmark: StageBenchmark
  public let threads: [Int]
  public let machine: ThreadSimulation.Machine

  /// Throws for numbers of threads that the engine does not support.
  public init(
    _ benchmark: StageBenchmark, threads: [Int], on machine: ThreadSimulation.Machine
  ) throws(PerformanceError) {
    try benchmark.validate()
    if let number = threads.first(where: { !(1...Threads.most).contains($0) }) {
      throw .invalidValue(
        option: "--simulate-threads", value: "\(number)", expected: "numbers from 1 to \(Threads.most)")
    }
    (self.benchmark, self.threads, self.machine) = (benchmark, threads, machine)
  }

  /// First measures the numbers of threads that the machine has. Then, for each number, records `rounds` steps after
  /// the warm-up, divided as for so many threads, and schedules them. `goOn` receives the progress before each step; if
  /// it returns false, throws `interrupted`.
  public func run(goOn: (_ done: Int, _ count: Int) -> Bool = { _, _ in true }) throws -> [SimulatedScalingRow] {
    let before = Threads.count
    defer { Threads.use(before) }
    let real = threads.filter { $0 <= Threads.cpus }
    let steps =
      real.count * (benchmark.warmUp + benchmark.rounds) + benchmark.warmUp
      + (1 + threads.count { $0 > 1 }) * benchmark.rounds
    var done = 0
    func next() throws {
      guard goOn(done, steps) else { throw PerformanceError.interrupted }
      done += 1
    }
    var measured: [Int: Double] = [:]
    var subject: PerformanceSubject?
    for count in real {
      Threads.use(count)
      StoragePool.shared.drain()
      let measurement = try benchmark.run { _, _ in
        do { try next() } catch { return false }
        return true
      }
      measured[count] = StepTime.times(of: measurement.rows).first?.medianNanoseconds
      subject = measurement.subject
    }
    Threads.use(1)
    StoragePool.shared.drain()
    let workload = try benchmark.makeWorkload()
    for _ in 0..<benchmark.warmUp {
      try next()
      _ = try workload.step()
    }
    func record(for threads: Int) throws -> RegionTrace {
      try RegionTrace(
        shortestOf: (0..<benchmark.rounds).map { _ in
          try next()
          return try RegionTrace(cutFor: threads) { _ = try workload.step() }
        })
    }
    let alone = try record(for: 1)
    let bytes = workload.work(of: .step)?.bytes ?? 0
    return try threads.map { count in
      let trace = count == 1 ? alone : try record(for: count)
      return SimulatedScalingRow(
        subject ?? PerformanceSubject(benchmark, threads: 1), phase: benchmark.phase,
        ThreadSimulation(of: trace, alone: alone.totalNanoseconds, threads: count, on: machine, bytes: bytes),
        measured: measured[count], on: machine)
    }
  }
}

extension ThreadSimulation.Machine {
  /// Measures the cost of a region with two threads on this machine: the tenth percentile over many regions of two 20
  /// µs tasks, because others on the machine can only lengthen them.
  public static func measuredRegion() -> Double {
    guard Threads.cpus > 1 else { return 0 }
    let before = Threads.count
    defer { Threads.use(before) }
    func spin(_ nanoseconds: Int) {
      let start = monotonicNanoseconds()
      while monotonicNanoseconds() - start < nanoseconds {}
    }
    Threads.use(2)
    let times = (0..<501).map { _ in
      let start = monotonicNanoseconds()
      parallelFor(2) { _ in spin(20_000) }
      return Double(monotonicNanoseconds() - start - 20_000)
    }
    return max(0, times.sorted()[50])
  }
}

extension SimulatedScalingRow {
  init(
    _ subject: PerformanceSubject, phase: Phase, _ simulation: ThreadSimulation, measured: Double?,
    on machine: ThreadSimulation.Machine
  ) {
    self.init()
    (model, backbone, size, batch) = (subject.model, subject.backbone, subject.size, subject.batch)
    (self.phase, version, variant, self.machine) = (phase.rawValue, subject.version, subject.variant, subject.machine)
    threads = simulation.threads
    nanoseconds = simulation.nanoseconds
    serial = simulation.serialNanoseconds
    work = simulation.workNanoseconds
    imbalance = simulation.imbalanceNanoseconds
    barriers = simulation.barrierNanoseconds
    memory = simulation.memoryNanoseconds
    efficiency = simulation.efficiency
    self.measured = measured
    region = machine.regionNanoseconds
    bandwidth = machine.bandwidth
  }
}
