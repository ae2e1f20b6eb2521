import ArgumentParser
import Figures
import Interchange
import Records

struct TensorBoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tensorboard",
    abstract: "Write TensorBoard event files for output folders.",
    discussion: """
      DIR/FOLDER/RUN holds each run's loss, learning rate and accuracies by epoch and head; DIR/FOLDER/pictures holds \
      the folder's charts and what bench explain drew into its subfolders. View them with tensorboard --logdir DIR. To \
      write such files during runs, use bench ablation --tensorboard DIR.
      """)

  @Argument(help: "Output folders of bench ablation or bench train.")
  var folders: [String]

  @Option(help: ArgumentHelp("Folder for the event files; several output folders may share it.", valueName: "dir"))
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
