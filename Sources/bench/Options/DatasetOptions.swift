import ArgumentParser
import DatasetStore
import Datasets
import Foundation

/// Which images to use.
struct DatasetOptions: ParsableArguments {
  @Option(
    help: """
      The dataset: \(Dataset.all.map(\.name).joined(separator: ", ")) (default: birdlets, or what a checkpoint was \
      trained on).
      """)
  var dataset: String?

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp("A folder with the dataset's files (default: the store, fetched when absent).", valueName: "dir")
  )
  var folder: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Use these classes only, such as 1-20 or 1,5,7-9.", valueName: "list"))
  var classes: String?

  @Flag(help: "Leave broken images out; else they end the command before any training.")
  var skipBroken = false

  @Flag(help: "Keep the 20 rows at the bottom of FGVC-Aircraft's images, which name the photographer.")
  var keepBanner = false

  @Option(
    help: ArgumentHelp(
      "Keep decoded images in memory, within such a budget, which must fit: 2GB, 500MB, 1GiB (default: none).",
      valueName: "amount"))
  var cacheImages: ByteCount?

  @Flag(help: "Fetch a dataset or weights that are absent without asking.")
  var yes = false

  @OptionGroup var store: StoreOptions

  /// The name that was given, or `standard`.
  func entry(standard: String = "birdlets") throws -> CatalogueEntry {
    try Dataset.entry(named: dataset ?? standard)
  }

  /// Opens the dataset and checks every image of it; gives the number of broken images that were left out.
  ///
  /// `standard` is opened if no dataset is named, with `standardClasses` if no classes are.
  func open(
    standard: String = "birdlets", standardClasses: String? = nil
  ) throws -> (dataset: Dataset, skipped: Int) {
    let entry = try entry(standard: standard)
    let selection = try (classes ?? (entry.name == standard ? standardClasses : nil)).map(ClassSelection.init)
    let whole = try Dataset.open(
      entry.name, folder: folder ?? storedFolder(entry), classes: selection, reading: Reading(keepsBanner: keepBanner))
    let (usable, skipped) = try whole.verified(skipBroken: skipBroken)
    for image in skipped { complain("Left out \(image.path): \(image.reason)") }
    return (cacheImages.map { usable.cachingImages(within: $0.bytes) } ?? usable, skipped.count)
  }

  /// Whether the dataset's files are on this machine; nothing is fetched.
  func isOnThisMachine() throws -> Bool {
    if let folder { return FileManager.default.fileExists(atPath: folder) }
    guard let name = try entry().lockName else { return true }
    let store = try self.store.store()
    return try store.has(store.lock.item(.datasets, name))
  }

  /// Whether what `--weights` means is on this machine; nothing is fetched.
  func hasWeights(_ value: String) throws -> Bool {
    if FileManager.default.fileExists(atPath: value) { return true }
    let store = try self.store.store()
    return store.lock.weights.first { $0.name == value }.map(store.has) ?? false
  }

  /// The file that `--weights` means: a path, or a name in the lock, which is fetched if the user agrees.
  func weightsPath(_ value: String) throws -> String {
    guard !FileManager.default.fileExists(atPath: value) else { return value }
    guard let item = try store.store().lock.weights.first(where: { $0.name == value }) else { return value }
    return try located(item) { try $0.fetchWeights(item) }
  }

  /// Where the store has it, after fetching it if the user agrees; nil for an embedded dataset.
  private func storedFolder(_ entry: CatalogueEntry) throws -> String? {
    guard let name = entry.lockName else { return nil }
    let item = try store.store().lock.item(.datasets, name)
    return try located(item) { try $0.fetch(item, check: datasetCheck(name)) }
  }

  /// Where the store has an item, after `fetch` if the user agrees.
  private func located(_ item: LockedItem, fetch: (Store) throws -> String) throws -> String {
    let store = try self.store.store()
    if store.has(item) { return store.location(of: item) }
    try store.requireFetchable(item)
    try Consent(isGiven: yes).ask(toFetch: item, store)
    return try self.store.working(fetch)
  }
}
