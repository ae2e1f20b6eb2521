import ArgumentParser
import Foundation
import Records

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Make one output folder of several, such as seeds that were made on several machines.",
    discussion: """
      The folders are of one recipe, dataset version and initial weights; their commits may differ, and each stands in \
      environment.json. Their finished runs are taken, with models; they may be written to meanwhile, and are left as they are. A \
      run that several of them have must be the same to the bit of its weights and predictions. What was measured of models \
      (localisation.csv and the like) stays behind: bench localise and its like measure the new folder.
      """)

  @Argument(help: ArgumentHelp("Output folders or reports, of ablation or train.", valueName: "dir"))
  var folders: [String]

  @Option(
    help: ArgumentHelp("The variants whose runs are taken (default: all), such as s3n,identity.", valueName: "list"))
  var variants: String?

  @Option(help: ArgumentHelp("The folder of them all: new or empty.", valueName: "dir"))
  var out: String

  func run() throws {
    let out = try outputFolder(out)
    let variants = variants?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard variants?.isEmpty != true else { throw ValidationError("--variants names none: leave it out for all.") }
    let merged = try MergedRuns(of: folders.map { URL(fileURLWithPath: $0, isDirectory: true) }, variants: variants)
    let (runs, sources) = try merged.write(to: out) { try Results(of: $0).drawUp() }
    print("\(counted(runs, "run")) of \(counted(sources, "folder")): \(out.relativePath)")
  }
}
