import Files
import Foundation
import Records
import Regression

/// A program that counts another's instructions: perf where the machine allows it, else Valgrind.
enum InstructionCounter {
  case perf, valgrind

  var name: String {
    switch self {
    case .perf: "perf stat"
    case .valgrind: "valgrind (cachegrind)"
    }
  }

  /// Returns the first that works here; throws `RegressError.noCounter` with what each lacks.
  static func available() throws -> InstructionCounter {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("count").givenPath
      func words(_ counter: InstructionCounter) -> String {
        guard (try? ChildProcess.run(counter.command(["/bin/true"], file: file), output: .file(file + ".log"))) == 0
        else {
          return "it is not installed, or does not run"
        }
        return (try? counter.instructions(in: file)) != nil ? "" : "this machine does not count them for it"
      }
      let perf = words(.perf)
      if perf.isEmpty { return .perf }
      let valgrind = words(.valgrind)
      if valgrind.isEmpty { return .valgrind }
      throw RegressError.noCounter(perf: perf, valgrind: valgrind)
    }
  }

  /// Counts the instructions of `program` at `work`, on one thread: idle ones would spin.
  func count(_ program: String, _ work: RecordedCommand) throws -> Int {
    try withTemporaryFolder { folder in
      let copy = folder.appendingPathComponent("bench").givenPath
      // Valgrind fails on debugging information that is newer than itself.
      let stripped = try? ChildProcess.run(["strip", "-o", copy, program], output: .file("/dev/null"))
      let file = folder.appendingPathComponent("count").givenPath
      let arguments = work.with("--threads", "1").with("--out", folder.appendingPathComponent("run").givenPath)
        .arguments
      let log = folder.appendingPathComponent("log").givenPath
      // Without the programs that draw or report the commit, which would be counted too.
      let code = try ChildProcess.run(
        command([stripped == 0 ? copy : program] + arguments, file: file), environment: ["PATH": "/nowhere"],
        output: .file(log))
      guard code == 0, let count = try instructions(in: file) else {
        complain(readText(log) ?? "")
        throw RegressError.commandFailed(command: "\(name) bench \(arguments.joined(separator: " "))", code: code)
      }
      return count
    }
  }

  private func command(_ arguments: [String], file: String) -> [String] {
    switch self {
    case .perf: ["perf", "stat", "-x", ",", "-e", "instructions:u", "-o", file, "--"] + arguments
    case .valgrind:
      [
        "valgrind", "--tool=cachegrind", "--cache-sim=no", "--branch-sim=no", "--cachegrind-out-file=/dev/null",
        "--log-file=\(file)",
      ] + arguments
    }
  }

  private func instructions(in file: String) throws -> Int? {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    return self == .perf ? InstructionCount.perf(text) : InstructionCount.cachegrind(text)
  }
}
