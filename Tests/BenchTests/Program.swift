import Foundation
import Testing

/// Fails if the program is missing; otherwise the suites that need it would be skipped silently.
@Test func theProgramLiesBesideItsTests() { #expect(Program.path != nil) }

/// The whole program, as users have it.
enum Program {
  /// The program that was built next to the tests, if any.
  static let path: String? = {
    let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent(
      "bench"
    )
    .path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  /// Runs a script in which `bench` is the program; returns the script's exit code and its standard error. Kills it
  /// after two minutes.
  static func run(_ script: String, in folder: URL) throws -> (code: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments = ["--kill-after=5", "120", "/bin/bash", "-c", "bench() { \"$BENCH\" \"$@\"; }\n" + script]
    // A developer's settings for the program do not apply to its tests.
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
