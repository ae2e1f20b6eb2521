import ArgumentParser
import Files
import Foundation
import Records

struct CommandsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commands",
    abstract: "Print a report's recorded commands, one per line, quoted for a shell, without --out.",
    shouldDisplay: false)

  @Argument(help: "Report or output folder.")
  var folder: String

  func run() throws {
    let file = RecordsFile.environment.url(in: URL(fileURLWithPath: folder, isDirectory: true))
    for record in try EnvironmentFile.read(from: file).commands {
      print(RecordedCommand(record).without("--out").arguments.map(shellQuoted).joined(separator: " "))
    }
  }
}
