import ArgumentParser
import Diagnosis
import Records

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check whether this machine is fit to run bench, and say how to fix what is not.",
    discussion: """
      Checks the CPU and its instruction sets, OpenBLAS, threads and their limits, memory, disks, gnuplot and fonts, \
      and the datasets and weights found here; compares every operator with a slow reference; and times some steps. \
      Each line is ok, a warning or an error. Takes a few seconds; nothing is fetched or written.

      Exit codes: 0, or 1 if any line is an error.
      """)

  @Option(help: ArgumentHelp("Folder where results would go.", valueName: "dir"))
  var out = "runs"

  @Flag(help: "Print the results as one JSON object.")
  var json = false

  @OptionGroup var threads: ThreadOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    try threads.apply()
    var diagnosis = Diagnosis(store: try store.store())
    diagnosis.outputFolder = try outputFolder(out).givenPath
    var checks: [Check] = []
    try diagnosis.run(goOn: Watch("Measuring").goOn) { check in
      checks.append(check)
      if !json { print(check.text(topicWidth: 10)) }
    }
    let worst = Check.Status.allCases.last { status in checks.contains { $0.status == status } } ?? .ok
    if json { print(try jsonText(DoctorReport(status: worst, checks: checks))) }
    if worst == .error { throw ExitCode(1) }
  }
}

private struct DoctorReport: Encodable {
  let status: Check.Status
  let checks: [Check]
}

extension Check {
  /// "ok       memory     ...", with any advice on the next line.
  func text(topicWidth: Int) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    let indent = String(repeating: " ", count: 9 + topicWidth)
    return padded(status.rawValue, 9) + padded(topic, topicWidth) + text + (advice.map { "\n\(indent)\($0)" } ?? "")
  }
}
