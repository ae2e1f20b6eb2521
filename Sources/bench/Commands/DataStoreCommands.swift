import ArgumentParser
import DatasetStore
import Datasets
import Files
import Foundation

struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch a dataset into the store: download, check, unpack.",
    discussion: """
      A download that was broken off goes on where it ended. The store is $S3N_DATA, or s3n-bench in the XDG data folder \
      (~/.local/share).
      """)

  @Argument(help: "The dataset's name, such as cub.") var name: String
  @OptionGroup var options: StoreOptions

  func run() throws {
    let path = try options.working { store in
      let item = try store.lock.item(.datasets, lockName(name))
      if !store.has(item) {
        try store.requireFetchable(item)
        complain("\(item.title) \(item.version). Terms: \(item.terms). Owners: \(item.page)\nCite: \(item.citation)")
      }
      return try store.fetch(item, check: datasetCheck(item.name))
    }
    print(path)
  }
}

struct DataVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read all files of a dataset in the store and hold them against the first verification.")

  @Argument(help: "The dataset's name, such as cub.") var name: String
  @OptionGroup var options: StoreOptions

  func run() throws {
    let counts = try options.working { store in
      let item = try store.lock.item(.datasets, lockName(name))
      return try store.verify(item, check: datasetCheck(item.name))
    }
    print("\(name) holds: \(counts.classes) classes, \(counts.train) training and \(counts.test) test images")
  }
}

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
    var errors: [String] = []
    for name in Set(Dataset.all.compactMap(\.lockName)).sorted() {
      do {
        _ = try Dataset.open(name, folder: path)
        return name
      } catch DatasetError.foreignFolder {
        continue
      } catch {
        errors.append("\(name): \(error)")
      }
    }
    guard isError || !errors.isEmpty else { return nil }
    throw ValidationError(
      "\(path) holds neither an archive of the lock nor a dataset in a known layout (see bench data list)."
        + errors.map { "\n  " + $0 }.joined())
  }
}

struct DataWhereCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "where", abstract: "Print the store's folder, or that of a dataset in it.")

  @Argument(help: "The dataset's name, such as cub.") var name: String?
  @OptionGroup var options: StoreOptions

  func run() throws {
    let store = try options.store()
    guard let name else { return print(store.folder) }
    let item = try store.lock.item(.datasets, lockName(name))
    guard store.has(item) else { throw store.absence(of: item) }
    print(store.location(of: item))
  }
}

struct DataRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a dataset, and what was left of broken downloads of it, from the store.")

  @Argument(help: "The dataset's name, such as cub.") var name: String
  @Flag(help: "Do not ask.") var yes = false
  @OptionGroup var options: StoreOptions

  func run() throws {
    let store = try options.store()
    let item = try store.lock.item(.datasets, lockName(name))
    guard Consent(isGiven: yes).ask(toRemove: item, store) else {
      throw ValidationError("\(item.name) was not removed: answer y, or give --yes.")
    }
    let removed = try options.working { try $0.remove(item) }
    print(removed ? "Removed \(item.name)" : "There was nothing of \(item.name) in \(store.folder)")
  }
}

/// The name in the lock of what users may call by another, such as aircraft-family.
private func lockName(_ name: String) throws -> String {
  let entry = try Dataset.entry(named: name)
  guard let lockName = entry.lockName else {
    throw ValidationError("\(name) is embedded in the program: there is nothing to fetch, check or remove.")
  }
  return lockName
}
