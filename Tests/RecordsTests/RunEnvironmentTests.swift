import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct RunEnvironmentTests {
  private func environment(
    instructionSet: String = "avx2", threads: Int = 2, libraries: [String: String] = ["b": "2", "a": "1"],
    ranks: Int = 1, plantedFault: String? = nil
  ) -> RunEnvironment {
    RunEnvironment(
      instructionSet: instructionSet, threads: threads, libraries: libraries, ranks: ranks, plantedFault: plantedFault,
      date: Date(timeIntervalSince1970: 0))
  }

  @Test func describesThisMachine() {
    let environment = environment()
    #expect(environment.cpu.logicalCores > 0)
    #expect(environment.memoryBytes > 1 << 20)
    #expect(environment.kernel.contains(" "))
    #expect(environment.compiler.hasPrefix("Swift"))
    #expect(["release", "debug", "debug, optimised"].contains(environment.build))
    #expect(environment.date == "1970-01-01T00:00:00Z")
    #expect(environment.commit.map { $0.hash.count >= 40 } ?? true)
  }

  @Test func theIDFollowsWhatMovesNumbers() {
    #expect(environment().id == environment().id)
    #expect(environment().id.count == 16)
    #expect(environment(threads: 1).id != environment().id)
    #expect(environment(libraries: ["a": "1", "b": "3"]).id != environment().id)
    #expect(environment(instructionSet: "avx512").id != environment().id)
    #expect(environment(ranks: 2).id != environment().id)
    #expect(environment(plantedFault: "broken-head").id != environment().id)
  }

  @Test func theHashIsTheSameEverywhere() {
    // The test vectors of 64-bit FNV-1a.
    #expect(stableHash("") == "cbf29ce484222325")
    #expect(stableHash("foobar") == "85944171f73967e8")
  }

  @Test func readsProcessorsOfDifferentKinds() {
    let x86 = RunEnvironment.CPU(cpuInfo: "processor : 0\nmodel name\t: Some CPU @ 2.00GHz\nflags\t\t: sse avx2 avx\n")
    #expect(x86.model == "Some CPU @ 2.00GHz")
    #expect(x86.flags == ["avx", "avx2", "sse"])
    let arm = RunEnvironment.CPU(cpuInfo: "processor\t: 0\nFeatures\t: fp asimd\n")
    #expect(arm.model == "unknown")
    #expect(arm.flags == ["asimd", "fp"])
  }

  @Test func theFileKeepsARecordOfEveryCommandTheOldestFirst() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(at: folder.url, key: key())
    let (one, two) = (environment(threads: 1), environment(threads: 2))
    for environment in [one, two, one] { try store.record(environment) }
    let file = RecordsFile.environment.url(in: folder.url)
    #expect(try EnvironmentFile.read(from: file) == EnvironmentFile(commands: [one, two, one]))

    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let last = (object?["commands"] as? [[String: Any]])?.last
    #expect(last?["threads"] as? Int == 1)
    #expect(last?["instruction_set"] as? String == "avx2")
    #expect(last?["libraries"] as? [String: String] == ["a": "1", "b": "2"])
    #expect((last?["command_line"] as? [String])?.first == "bench")
  }

  @Test func aDamagedFileIsNamed() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("{\"id\": 3", to: "environment.json")
    #expect { try EnvironmentFile.read(from: file) } throws: { error in
      "\(error)".contains(file.path)
    }
  }

  @Test func programsAreHeardAndNotWaitedForForEver() {
    #expect(output(of: ["echo", "a b"]) == "a b")
    #expect(output(of: ["sh", "-c", "seq 20000; exit 0"])?.count == 108893)
    #expect(output(of: ["false"]) == nil)
    #expect(outcome(of: ["false"], seconds: 10) == .failed)
    #expect(outcome(of: ["sleep", "1000"], seconds: 0.2) == .late)
    #expect(output(of: ["there-is-no-such-program"]) == nil)
    #expect(output(of: ["sleep", "1000"], seconds: 0.1) == nil)
  }
}
