import ArgumentParser
import DatasetStore
import Datasets
import Files

struct DataImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring files into the store that you downloaded yourself: archives, or a folder.",
    discussion: """
      An archive is known by its checksum. A folder holds archives under their names, or the unpacked files of a dataset; \
      these are copied.
      """)

  @Argument(help: "Archives or folders.") var paths: [String]

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp("The dataset that a folder holds (default: found out).", valueName: "name"))
  var dataset: String?

  @OptionGroup var options: StoreOptions

  func run() throws {
    try options.working { store in
      for path in paths {
        if isFolder(path) { try importFolder(path, store) } else { try importFile(path, store) }
      }
    }
  }

  private func importFile(_ path: String, _ store: Store) throws {
    switch try store.importFile(path, check: { datasetCheck($0.name) }) {
    case .installed(let item, let place): print("\(item.name): \(place)")
    case .waiting(let item, let missing):
      print("\(item.name): took \(path); still missing: \(missing.joined(separator: ", "))")
    }
  }

  private func importFolder(_ path: String, _ store: Store) throws {
    let files = store.knownFiles(in: path)
    // An unpacked dataset may have one of its files lying about under the archive's name.
    if let name = try dataset ?? layout(of: path, orElse: files.isEmpty) {
      let item = try store.lock.item(.datasets, lockName(name))
      print("\(item.name): \(try store.importFolder(path, as: item, check: datasetCheck(item.name)))")
    } else {
      for file in files { try importFile(file, store) }
    }
  }

  /// The dataset whose reader takes the folder; nil if none does, which is an error if nothing else is in it.
  private func layout(of path: String, orElse isError: Bool) throws -> String? {
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
    // One reader knows the layout, and says what is amiss in it.
    if let error = errors.first { throw error }
    guard isError else { return nil }
    throw ValidationError(
      "\(path) holds neither an archive of the lock nor a dataset in a known layout (see bench data list).")
  }
}
