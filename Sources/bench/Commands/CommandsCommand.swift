import ArgumentParser
import Foundation
import Records

struct CommandsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commands",
    abstract: "Print the recorded commands of a report, one a line as a shell reads them, without --out.",
    shouldDisplay: false)

  @Argument(help: "A report, or an output folder.")
  var folder: String

  func run() throws {
    let file = RecordsFile.environment.url(in: URL(fileURLWithPath: folder, isDirectory: true))
    for record in try EnvironmentFile.read(from: file).commands {
      print(RecordedCommand(record).without("--out").arguments.map(Self.quoted).joined(separator: " "))
    }
  }

  /// An argument as a shell takes it for one word.
  static func quoted(_ argument: String) -> String {
    argument.wholeMatch(of: /[A-Za-z0-9_.,:=\/+-]+/) != nil
      ? argument : "'" + argument.replacing("'", with: #"'\''"#) + "'"
  }
}
