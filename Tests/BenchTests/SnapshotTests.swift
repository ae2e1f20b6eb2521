import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import bench

/// What users read, compared with the reviewed version; S3N_UPDATE_SNAPSHOTS=1 rewrites the files.
@Suite struct SnapshotTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots")
  private static let isUpdating = ProcessInfo.processInfo.environment["S3N_UPDATE_SNAPSHOTS"] == "1"

  /// A command, identified by the words that invoke it.
  struct Path: CustomTestStringConvertible {
    let words: [String]
    let command: any ParsableCommand.Type
    var testDescription: String { words.joined(separator: " ") }
    var file: String { words.joined(separator: "-") + ".txt" }

    static let all = under(Bench.self, [])

    private static func under(_ command: any ParsableCommand.Type, _ words: [String]) -> [Path] {
      let words = words + [command._commandName]
      return [Path(words: words, command: command)]
        + command.configuration.subcommands.flatMap { under($0, words) }
    }
  }

  private func hold(_ text: String, as name: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    if Self.isUpdating { try Data(text.utf8).write(to: file) }
    let kept = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    #expect(
      text == kept,
      "\(name) is not what is printed now; if that is meant: S3N_UPDATE_SNAPSHOTS=1 swift test --filter SnapshotTests")
  }

  @Test(arguments: Path.all) func helpIsAsItWas(path: Path) throws {
    try hold(Bench.helpMessage(for: path.command, columns: 100) + "\n", as: "help/" + path.file)
  }

  @Test func noSnapshotIsLeftOfACommandThatIsGone() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.appendingPathComponent("help").path)
    #expect(Set(files).subtracting(Path.all.map(\.file)).isEmpty)
  }

  /// Tables of the recorded ablation next to the snapshots.
  @Test(
    .enabled(if: Program.path != nil, "bench is not built beside the tests"),
    arguments: ["summarize", "compare", "table --latex", "table --markdown", "table --csv", "commands"])
  func tablesAreAsTheyWere(command: String) throws {
    let copy = try TemporaryFolder()
    let ablation = copy.url.appendingPathComponent("ablation")
    try FileManager.default.copyItem(at: Self.folder.appendingPathComponent("ablation"), to: ablation)
    let words = command.split(separator: " ")
    let options = words.dropFirst().joined(separator: " ")
    _ = try Program.run("bench \(words[0]) ablation \(options) > table.txt 2>&1", in: copy.url)
    let table = try String(contentsOf: copy.url.appendingPathComponent("table.txt"), encoding: .utf8)
    try hold(table, as: "tables/" + words.joined() + ".txt")
  }

  @Test(arguments: CompletionsCommand.Shell.allCases) func everyCommandIsCompleted(shell: CompletionsCommand.Shell) {
    let script = Bench.completionScript(for: shell.completionShell)
    for path in Path.all where path.command.configuration.shouldDisplay {
      #expect(script.contains(path.words.last ?? "?"), "\(path.words)")
    }
  }
}
