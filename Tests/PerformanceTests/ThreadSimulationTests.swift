import CKernels
import Tensors
import Testing

@testable import Performance

@Suite struct ThreadSimulationTests {
  private func trace(_ regions: [[Double]], serial: Double = 0) -> RegionTrace {
    var trace = RegionTrace()
    (trace.regions, trace.serialNanoseconds) = (regions, serial)
    return trace
  }

  private let free = ThreadSimulation.Machine(regionNanoseconds: 0)

  @Test func oneThreadTakesWhatWasRecorded() {
    let trace = trace([[3, 4], [5]], serial: 2)
    let simulation = ThreadSimulation(of: trace, threads: 1, on: .init(regionNanoseconds: 100))
    #expect(simulation.nanoseconds == 14 && simulation.efficiency == 1)
  }

  @Test func aTaskAloneIsNotShared() {
    let simulation = ThreadSimulation(of: trace([[8]]), threads: 4, on: .init(regionNanoseconds: 100))
    #expect(simulation.nanoseconds == 8 && simulation.efficiency == 0.25)
    #expect((simulation.workNanoseconds, simulation.imbalanceNanoseconds) == (2, 6))
  }

  /// Ranges of two tasks each: a worker that finishes its own range takes the rest of the next one.
  @Test(arguments: [
    ([1.0, 1, 1, 1], 2, 2.0), ([9, 1, 1, 1], 2, 9), ([1, 1, 9, 1], 2, 9), ([5, 5, 1, 1, 1], 2, 8), ([2, 2, 2], 2, 4),
  ])
  func rangesAreSharedAsThePoolSharesThem(tasks: [Double], threads: Int, span: Double) {
    #expect(ThreadSimulation.span(of: tasks, threads: threads) == span)
  }

  @Test func moreThreadsThanTasksIdle() {
    let simulation = ThreadSimulation(of: trace([[4, 4]]), threads: 64, on: free)
    #expect(simulation.nanoseconds == 4 && simulation.efficiency == 8.0 / (64 * 4))
  }

  @Test func theSerialPartStays() {
    let simulation = ThreadSimulation(of: trace([Array(repeating: 1, count: 90)], serial: 10), threads: 9, on: free)
    #expect(simulation.nanoseconds == 20 && abs(simulation.efficiency - 100.0 / 180) < 1e-12)
  }

  @Test func regionsCostWithEachDoubling() {
    let simulation = ThreadSimulation(
      of: trace([Array(repeating: 1, count: 64)]), threads: 32, on: .init(regionNanoseconds: 3))
    #expect(simulation.barrierNanoseconds == 15)
  }

  /// Finer division for more threads may increase the total time: efficiency is relative to the undivided time.
  @Test func whatCuttingCostsIsNoSpeed() {
    let simulation = ThreadSimulation(of: trace([[3, 3]]), alone: 4, threads: 2, on: free)
    #expect(simulation.nanoseconds == 3 && abs(simulation.efficiency - 4.0 / 6) < 1e-12)
  }

  @Test func memoryIsTheFloor() {
    let simulation = ThreadSimulation(
      of: trace([Array(repeating: 1, count: 64)]), threads: 32, on: .init(regionNanoseconds: 0, bandwidth: 2), bytes: 20
    )
    #expect(simulation.nanoseconds == 10 && simulation.memoryNanoseconds == 8)
  }

  @Test func tasksAreAsFastAsTheyEverWere() {
    let shortest = RegionTrace(shortestOf: [trace([[3, 1], [2]], serial: 4), trace([[2, 2], [2]], serial: 5)])
    #expect(shortest == trace([[2, 1], [2]], serial: 4))
    #expect(RegionTrace(shortestOf: [trace([[3, 1]]), trace([[3]])]) == trace([[3]]))
  }

  @Test func whatTasksOpenInsideIsPartOfThem() {
    var sums = [0, 0, 0]
    let trace = sums.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let sums = buffer
      return RegionTrace {
        parallelFor(3) { task in parallelFor(10) { _ in sums[task] += 1 } }
        parallelFor(0) { _ in }
      }
    }
    #expect(sums == [10, 10, 10])
    #expect(trace.regions.map(\.count) == [3, 0])
    #expect(trace.totalNanoseconds > 0)
  }

  @Test func aRecordedStepIsTheSameStep() throws {
    var benchmark = StageBenchmark(model: .smoothing)
    (benchmark.batch, benchmark.gridSide, benchmark.rounds, benchmark.warmUp) = (2, 7, 1, 0)
    let rows = try SimulatedScaling(benchmark, threads: [1, 2, 64], on: free).run()
    #expect(rows.map(\.threads) == [1, 2, 64] && rows[2].measured == nil && rows[0].measured != nil)
    #expect(rows.allSatisfy { $0.efficiency > 0 } && rows[0].efficiency == 1)
    // All of a step's bytes, once.
    var slow = free
    slow.bandwidth = 1e-6
    let bytes = try #require(try benchmark.makeWorkload().work(of: .step)?.bytes)
    let row = try #require(try SimulatedScaling(benchmark, threads: [64], on: slow).run().first)
    #expect(abs(row.nanoseconds / (bytes / 1e-6) - 1) < 1e-9)
  }
}
