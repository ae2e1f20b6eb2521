import Foundation
import Testing

/// Without it the suites that run it would be left out, and nothing said.
@Test func theProgramLiesBesideItsTests() { #expect(Program.path != nil) }

/// The whole program, as users have it.
enum Program {
  /// The one that was built beside the tests, if it was.
  static let path: String? = {
    let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
      "bench"
    )
    .path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  /// Runs a script in which `bench` is the program; gives the exit code of the script and what it wrote to standard error.
  /// What hangs is ended after two minutes.
  static func run(_ script: String, in folder: URL) throws -> (code: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = ["--kill-after=5", "120", "/bin/bash", "-c", "bench() { \"$BENCH\" \"$@\"; }\n" + script]
    // What a developer has set for this program is not set for its tests.
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("S3N_") }.merging(
      ["BENCH": path ?? "", "S3N_DATA": folder.path, "LC_ALL": "C.UTF-8"]) { $1 }
    process.currentDirectoryURL = folder
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let data = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
