import Foundation
import Records
import Tensors
import Testing

@testable import Performance

@Suite struct MachineTests {
  private let stat = """
    cpu  1000 0 500 9000 50 1 2 3 0 0
    cpu0 600 10 300 4000 20 1 2 4 5 0
    cpu1 400 0 200 5000 30 0 0 3 0 0
    cpu12 7 0 0 0 0 0 0 0 0 0
    intr 12345
    """

  @Test func busyTicksAreThoseOfTheAllowedCPUs() {
    #expect(CPUTimes.busyTicks(inStat: stat, cpus: [0]) == 917)
    #expect(CPUTimes.busyTicks(inStat: stat, cpus: [0, 1]) == 1520)
    #expect(CPUTimes.busyTicks(inStat: stat, cpus: nil) == 1527)
    #expect(CPUTimes.busyTicks(inStat: "nothing here", cpus: nil) == nil)
    #expect(CPUTimes.busyTicks(inStat: "cpu0 1 2", cpus: nil) == nil)
  }

  @Test func allowedCPUsAreRangesAndSingles() {
    func cpus(_ list: String) -> Set<Int>? {
      CPUTimes.allowedCPUs(inStatus: "Cpus_allowed:\tff\nCpus_allowed_list:\t\(list)\nMems_allowed_list:\t0\n")
    }
    #expect(cpus("0-1") == [0, 1])
    #expect(cpus("0,2-4,9") == [0, 2, 3, 4, 9])
    #expect(cpus("") == nil)
    #expect(CPUTimes.allowedCPUs(inStatus: "Name:\tbench") == nil)
  }

  @Test func whatOthersUsedIsWhatWasBusyLessOurOwn() {
    let before = CPUTimes(clock: 10, busy: 100, own: 50)
    let load = OtherLoad(from: before, to: CPUTimes(clock: 12, busy: 103.5, own: 52.5))
    #expect(abs(load.cpus - 0.5) < 1e-12)
    #expect(load.isBusy)
    #expect(PerformanceRow.Status(load) == .busy)
    // Counting in ticks may yield less than our own time.
    #expect(OtherLoad(from: before, to: CPUTimes(clock: 12, busy: 103, own: 53.01)).cpus == 0)
  }

  @Test func aFewTicksOfRoundingAreAllowed() {
    #expect(!OtherLoad(cpus: 0.25, seconds: 0.1).isBusy)
    #expect(OtherLoad(cpus: 0.4, seconds: 0.1).isBusy)
    // In a short time, the load of others cannot be told from rounding.
    #expect(!OtherLoad(cpus: 1.2, seconds: 0.02).isBusy && OtherLoad(cpus: 1.2, seconds: 0.02).mayBeBusy)
    #expect(!OtherLoad(cpus: 0, seconds: 0.02).mayBeBusy && !OtherLoad(cpus: 0.25, seconds: 0.1).mayBeBusy)
    #expect(!OtherLoad(cpus: 0.05, seconds: 10).isBusy)
    #expect(OtherLoad(cpus: 0.06, seconds: 10).isBusy)
    #expect(PerformanceRow.Status(OtherLoad(cpus: 0, seconds: 1)) == .final)
    #expect(PerformanceRow.Status(nil) == .busy)
  }

  @Test func anotherProcessIsSeen() throws {
    let process = Process()
    // Exits by itself if this process is killed meanwhile.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = ["-s", "KILL", "5", "/bin/sh", "-c", "while :; do :; done"]
    try process.run()
    defer { process.terminate() }
    let (_, load) = OtherLoad.during { Thread.sleep(forTimeInterval: 0.6) }
    #expect(try #require(load).isBusy)
  }

  @Test func ourOwnWorkIsNotOthers() throws {
    let before = try #require(CPUTimes.now)
    var sum = 0.0
    while try #require(CPUTimes.now).own < before.own + 0.2 { sum += sin(sum) }
    let after = try #require(CPUTimes.now)
    #expect(after.busy - before.busy >= 0.1, "what all do holds what we do, but for ticks")
  }

  @Test func peakMemoryIsThatOfTensorsAndOfTheProcess() throws {
    #expect(PeakMemory.residentPeak(inStatus: "VmPeak:\t 9 kB\nVmHWM:\t  123 kB\n") == 123 * 1024)
    #expect(PeakMemory.residentPeak(inStatus: "") == nil)
    PeakMemory.reset()
    let bytes = 64 << 20
    do { #expect(Tensor(repeating: 1, shape: [bytes / 4]).count == bytes / 4) }
    let peak = PeakMemory.current
    #expect(peak.tensorBytes >= bytes)
    #expect(try #require(peak.residentBytes) >= bytes)
  }

  @Test func theProcessBeganBeforeNow() throws {
    let fields = (["42", "(a ) name)", "S"] + (1...30).map(String.init)).joined(separator: " ")
    #expect(ProcessStart.startTicks(inStat: fields) == 19)
    #expect(ProcessStart.startTicks(inStat: "42 (short) S 1") == nil)
    #expect(ProcessStart.startTicks(inStat: "") == nil)
    let elapsed = try #require(ProcessStart.elapsedNanoseconds)
    #expect((1_000_000...86_400_000_000_000).contains(elapsed))
  }

  @Test func theRooflineIsMeasuredAndBounds() {
    let roofline = Roofline.measure(rounds: 2)
    #expect(roofline.arithmetic.count == 2)
    #expect(roofline.bandwidth.count == 2)
    // Any machine of this century does 0.1 GFLOP/s and moves 0.1 GB/s, and none a million times that.
    #expect((1e8...1e14).contains(roofline.peakArithmetic))
    #expect((1e8...1e14).contains(roofline.peakBandwidth))
    let compute = roofline.bound(Work(flops: roofline.peakArithmetic, bytes: 1))
    #expect(compute.by == .compute)
    #expect(abs(compute.seconds - 1) < 1e-9)
    let memory = roofline.bound(Work(flops: 1, bytes: 2 * roofline.peakBandwidth))
    #expect(memory.by == .memory)
    #expect(abs(memory.seconds - 2) < 1e-9)
    let rows = RooflineRow.rows(of: roofline)
    // bfloat16 products only if the CPU has them.
    let limits = ["multiply_add", "multiply_add_bf16", "triad"].filter {
      $0 != "multiply_add_bf16" || !roofline.arithmeticBF16.isEmpty
    }
    #expect(rows.map(\.limit) == limits.flatMap { [$0, $0] })
    #expect(rows.map(\.round) == limits.flatMap { _ in [0, 1] })
  }
}
