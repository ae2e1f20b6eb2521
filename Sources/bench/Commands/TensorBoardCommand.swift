import ArgumentParser
import Figures
import Interchange
import Records

struct TensorBoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tensorboard",
    abstract: "Write event files for TensorBoard about output folders.",
    discussion: """
      DIR/FOLDER/RUN holds each run's loss, learning rate and accuracies by epoch and head, DIR/FOLDER/pictures the charts of the \
      folder and what bench explain drew into folders within it: tensorboard --logdir DIR shows them. An ablation keeps such \
      files itself with --tensorboard DIR.
      """)

  @Argument(help: "Output folders of ablation or train.")
  var folders: [String]

  @Option(help: ArgumentHelp("The folder for the event files; several output folders may share it.", valueName: "dir"))
  var out: String

  func run() throws {
    _ = try outputFolder(out)
    let records = FolderRecords.all(of: try folders.map { try Results(ofFolder: $0).folder })
    let files = records.map { TensorBoardFiles(of: $0.folder, called: $0.name, in: out) }
    for (files, records) in zip(files, records) { try files.require(runs: try records.epochs().map(\.runID).unique()) }
    for files in files { try files.writeAll() }
    print("TensorBoard: \(out)")
  }
}
