import Foundation
import Tensors
import TestSupport
import Testing

/// Feeds randomly damaged files to every reader.
///
/// By default, each reader gets a fixed number of inputs. `S3N_FUZZ_SECONDS` sets the time for all readers together
/// instead, `S3N_FUZZ_READERS` selects readers, `S3N_FUZZ_SEED` sets the first seed, and `S3N_FUZZ_FOLDER` the folder
/// of the current input: one that ends the process stays there, under its reader's name and its seed. Memory is checked
/// if a time is set, since nothing else should run then.
@Suite(.serialized) struct FuzzTests {
  private static let inputs = 500
  private static let memoryLimit = 1 << 30

  private let environment = ProcessInfo.processInfo.environment

  @Test(arguments: NamedTarget.chosen)
  func everyInputIsReadOrRefused(_ named: NamedTarget) throws {
    let seconds = environment["S3N_FUZZ_SECONDS"].flatMap(Double.init)
    let end = seconds.map { Date().addingTimeInterval($0 / Double(NamedTarget.chosen.count)) }
    let first = environment["S3N_FUZZ_SEED"].flatMap(Int.init) ?? 0
    let own = try TemporaryFolder()
    let target = try named.make(own)
    // Absolute, because readers may reach it through a link.
    let folder = environment["S3N_FUZZ_FOLDER"].map { URL(fileURLWithPath: $0).path } ?? own.path("")
    let memory = PeakMemory.bytes
    var (seed, accepted, refused) = (first, 0, 0)
    while end.map({ Date() < $0 }) ?? (seed < first + Self.inputs) {
      let path = folder + "/" + named.name.replacing(" ", with: "-") + "-seed\(seed)"
      var generator = SeededGenerator(seed: UInt64(seed), purpose: named.name)
      try writeQuickly(target.input(&generator), to: path)
      do {
        try target.read(path)
        accepted += 1
        unlink(path)
      } catch {
        #expect(target.mayThrow(error) && !"\(error)".isEmpty, "seed \(seed): \(error)")
        refused += 1
        if target.mayThrow(error) { unlink(path) }
      }
      seed += 1
    }
    let grown = PeakMemory.bytes - memory
    if seconds != nil {
      print(
        "\(named.name): seeds \(first)..<\(seed), \(accepted) read, \(refused) refused, \(grown >> 20) MiB more at most"
      )
      #expect(grown < Self.memoryLimit, "\(grown) bytes of memory for damaged files")
    }
    #expect(accepted > 0 && refused > 0, "\(accepted) read, \(refused) refused: the inputs try nothing")
  }
}

/// The peak memory of this process, as counted by the kernel.
private enum PeakMemory {
  static var bytes: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) << 10
  }
}
