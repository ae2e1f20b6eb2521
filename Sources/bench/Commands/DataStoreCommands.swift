import ArgumentParser
import DatasetStore
import Datasets

struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch a dataset into the store: download, check and unpack it.",
    discussion: """
      An interrupted download resumes where it stopped. The store is $S3N_DATA, or s3n-bench in the XDG data folder \
      (~/.local/share).
      """)

  @Argument(help: "Name of the dataset, such as cub.") var name: String
  @OptionGroup var options: StoreOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let path = try options.working { store in
      let item = try store.lock.item(.datasets, lockName(name))
      if !store.has(item) {
        try store.requireFetchable(item)
        complain(item.notice)
      }
      return try store.fetch(item, check: datasetCheck(item.name))
    }
    print(path)
  }
}

struct DataVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read all files of a dataset in the store and compare them with the first verification.",
    discussion: """
      With --data DIR, read the annotations and all images in your own folder instead, and compare its counts and \
      class names with the published ones, unless the dataset is "folder". CUB's boxes, parts, clicks and attributes \
      are read and counted too, if present.
      """)

  @Argument(help: "Name of the dataset, such as cub.") var name: String

  @Option(name: .customLong("data"), help: ArgumentHelp("Folder with the dataset's files.", valueName: "dir"))
  var folder: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("With --data: use only these classes, such as 1-20.", valueName: "list"))
  var classes: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("With --data: share of each class that would be kept for testing.", valueName: "share"))
  var testShare: Double?

  @OptionGroup var options: StoreOptions
  @OptionGroup var log: LogOptions

  func validate() throws {
    if classes != nil && folder == nil { throw ValidationError("--classes needs --data DIR.") }
    if testShare != nil && folder == nil { throw ValidationError("--test-share needs --data DIR.") }
  }

  func run() throws {
    let entry = try Dataset.entry(named: name)
    var annotations: String?
    let counts: SplitCounts
    if let folder {
      let selection = try classes.map(ClassSelection.init)
      var reading = Reading()
      reading.testShare = testShare
      let dataset = try Dataset.open(name, folder: folder, classes: selection, reading: reading)
        .verified(goOn: Watch("Checking images").goOn).dataset
      annotations = try entry.annotations?(folder)
      counts = SplitCounts(of: dataset)
    } else {
      let lockName = try lockName(name)
      counts = try options.working { store in
        let item = try store.lock.item(.datasets, lockName)
        let counts = try store.verify(item, check: datasetCheck(lockName) { annotations = $0 })
        return name == lockName ? counts : SplitCounts(of: try Dataset.open(name, folder: store.location(of: item)))
      }
    }
    print("\(name) holds: \(counts.classes) classes, \(counts.train) training and \(counts.test) test images")
    if let annotations { print("Annotations: \(annotations)") }
  }
}

struct DataWhereCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "where", abstract: "Print the folder of the store, or of a dataset in it.")

  @Argument(help: "Name of the dataset, such as cub.") var name: String?
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
    commandName: "remove", abstract: "Remove a dataset, and any partial downloads of it, from the store.")

  @Argument(help: "Name of the dataset, such as cub.") var name: String
  @Flag(help: "Remove without asking.") var yes = false
  @OptionGroup var options: StoreOptions

  func run() throws {
    try remove(options.store().lock.item(.datasets, lockName(name)), options, isConsentGiven: yes)
  }
}

/// Removes an item from the store, if the user agrees.
func remove(_ item: LockedItem, _ options: StoreOptions, isConsentGiven: Bool) throws {
  let store = try options.store()
  let isThere = store.hasAnything(of: item)
  guard !isThere || Consent(isGiven: isConsentGiven).ask(toRemove: item, store) else {
    throw ValidationError("\(item.name) was not removed: answer y, or use --yes.")
  }
  let removed = try options.working { try $0.remove(item) }
  print(removed ? "Removed \(item.name)" : "Nothing of \(item.name) was in \(store.folder)")
}

/// Returns a dataset's name in the lock, which may differ from the user's, such as aircraft-family.
func lockName(_ name: String) throws -> String {
  let entry = try Dataset.entry(named: name)
  guard let lockName = entry.lockName else {
    throw ValidationError(
      entry.needsFolder
        ? "\(name) is your own folder of images: there is nothing to fetch or remove. Name it with --data DIR."
        : "\(name) is embedded in the program: there is nothing to fetch, check or remove.")
  }
  return lockName
}
