import Foundation
import TestSupport
import Testing

/// A one-second ablation by the built program into its own folder, saving after every step.
struct ShortAblation {
  private let folder: TemporaryFolder
  private var out: URL { folder.url.appendingPathComponent("out") }

  init() throws { folder = try TemporaryFolder() }

  private static let arguments = [
    "ablation", "--dataset", "birdlets", "--classes", "1-2", "--size", "32", "--epochs", "2", "--variants", "s3n",
    "--batch", "40", "--keep", "best,last", "--save-every", "0",
  ]

  /// Runs the ablation or what is missing of it; returns its exit code (137 if killed) and its standard error.
  ///
  /// - Parameters:
  ///   - fault: the system's failure that it meets, as `Fault` reads it.
  ///   - seconds: when it is killed.
  func run(fault: String? = nil, killedAfter seconds: Double? = nil, threads: Int = 1) throws -> (
    code: Int32, errors: String
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    process.arguments =
      ["-s", "KILL", "\(seconds ?? 600)", Program.path ?? ""] + Self.arguments + [
        "--threads", "\(threads)", "--out", out.path,
      ]
    // Without a PATH there is no gnuplot, which would take longer than everything else.
    process.environment = ["S3N_FAULT": fault, "HOME": folder.url.path, "LC_ALL": "C.UTF-8"].compactMapValues { $0 }
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let data = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let code = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return (code, String(decoding: data, as: UTF8.self))
  }

  func contents() throws -> [String: Data] { try contentsApartFromTimes(of: out) }
}

/// Returns everything in an output folder by path, including hidden files, without measured times.
func contentsApartFromTimes(of folder: URL) throws -> [String: Data] {
  var contents: [String: Data] = [:]
  // The page and the crate contain times, too.
  let timed = ["environment.json", "manifest.json", "report.html", "ro-crate-metadata.json"]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
  where !timed.contains(name) {
    let file = folder.appendingPathComponent(name)
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
    let data = isFolder.boolValue ? Data() : try Data(contentsOf: file)
    contents[name] =
      name.hasPrefix("stages") ? columns(4, of: data) : name == "memory.csv" ? columns(2, of: data) : data
  }
  return contents
}

/// The first columns, before the measured ones.
private func columns(_ count: Int, of table: Data) -> Data {
  let lines = String(decoding: table, as: UTF8.self).split(separator: "\n")
  let first = lines.map { $0.split(separator: ",").prefix(count).joined(separator: ",") }
  return Data(first.joined(separator: "\n").utf8)
}

/// The files of an undisturbed ablation, and its duration in seconds.
let undisturbed = Result {
  let ablation = try ShortAblation()
  let start = ProcessInfo.processInfo.systemUptime
  let result = try ablation.run()
  #expect(result.code == 0, "\(result.errors)")
  return (contents: try ablation.contents(), seconds: ProcessInfo.processInfo.systemUptime - start)
}

/// Returns the names of files that differ or exist on one side only.
func differences(_ found: [String: Data], _ expected: [String: Data]) -> [String] {
  Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }.sorted()
}
