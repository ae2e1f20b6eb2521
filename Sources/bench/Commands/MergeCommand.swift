import ArgumentParser
import Foundation
import Records

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge several output folders into one, such as seeds trained on several machines.",
    discussion: """
      The folders must share recipe, dataset version and initial weights; commits may differ, and all are recorded in \
      environment.json. Finished runs are copied with their models; the folders are left unchanged and may be written \
      to meanwhile. A run found in several folders must have bit-identical weights and predictions. Measurements of \
      models (localisation.csv and the like) are not copied: measure the new folder with bench localise and the like.
      """)

  @Argument(help: ArgumentHelp("Output folders or reports of bench ablation or bench train.", valueName: "dir"))
  var folders: [String]

  @Option(
    help: ArgumentHelp("Variants whose runs to merge, such as s3n,identity (default: all).", valueName: "list"))
  var variants: String?

  @Option(help: ArgumentHelp("Output folder, new or empty.", valueName: "dir"))
  var out: String

  func run() throws {
    let out = try outputFolder(out)
    let variants = variants?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    guard variants?.isEmpty != true else { throw ValidationError("--variants is empty: leave it out to merge all.") }
    let merged = try MergedRuns(of: folders.map { URL(fileURLWithPath: $0, isDirectory: true) }, variants: variants)
    let (runs, sources) = try merged.write(to: out) { try Results(of: $0).drawUp() }
    print("\(counted(runs, "run")) of \(counted(sources, "folder")): \(out.relativePath)")
  }
}
