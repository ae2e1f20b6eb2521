import ArgumentParser
import DatasetStore
import Datasets
import Files

struct DataImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import files that you downloaded yourself into the store: archives or a folder.",
    discussion: """
      An archive is recognised by its checksum, or else, such as a zip file from Kaggle, by the files in it. A folder \
      may hold archives under their original names, or a dataset's unpacked files, which are copied; links are followed.
      """)

  @Argument(help: "Archives or folders to import.") var paths: [String]

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("Dataset in the folder or zip file (default: detected).", valueName: "name"))
  var dataset: String?

  @OptionGroup var options: StoreOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    try options.working { store in
      for path in paths {
        if isFolder(path) { try importFolder(path, store) } else { try importFile(path, store) }
      }
    }
  }

  private func importFile(_ path: String, _ store: Store) throws {
    switch try imported(path, store) {
    case .installed(let item, let place): print("\(item.name): \(place)")
    case .waiting(let item, let missing):
      print("\(item.name): took \(path); still missing: \(missing.joined(separator: ", "))")
    }
  }

  private func imported(_ path: String, _ store: Store) throws -> Store.Imported {
    do {
      return try store.importFile(path, check: { datasetCheck($0.name) }, weightsCheck: weightsCheck)
    } catch StoreError.unknownFile where LockedFile.isArchive(path) {
      return try store.importArchive(
        path, identify: { try store.lock.item(.datasets, lockName(requireDataset(in: $0, of: path))) },
        check: { datasetCheck($0.name) })
    }
  }

  private func importFolder(_ path: String, _ store: Store) throws {
    let files = store.knownFiles(in: path)
    // An unpacked dataset may itself contain a file with the name of a known archive.
    if !files.isEmpty, try dataset ?? layout(of: path) == nil {
      for file in files { try importFile(file, store) }
    } else {
      let item = try store.lock.item(.datasets, lockName(requireDataset(in: path, of: path)))
      print("\(item.name): \(try store.importFolder(path, as: item, check: datasetCheck(item.name)))")
    }
  }

  /// Returns the name of the dataset in `folder`, which came from `source`.
  private func requireDataset(in folder: String, of source: String) throws -> String {
    guard let name = try dataset ?? layout(of: folder) else {
      throw ValidationError(
        "\(source) holds neither an archive in the lock nor a dataset in a known layout (see bench data list).")
    }
    return name
  }

  /// Returns the dataset whose reader accepts the folder, or nil if none does.
  private func layout(of path: String) throws -> String? {
    var errors: [any Error] = []
    for name in Set(Dataset.all.compactMap(\.lockName)).sorted() {
      do {
        _ = try Dataset.open(name, folder: path)
        return name
      } catch DatasetError.foreignFolder {
        continue
      } catch {
        errors.append(error)
      }
    }
    // Some reader recognised the layout and reports what is wrong with it.
    if let error = errors.first { throw error }
    return nil
  }
}
