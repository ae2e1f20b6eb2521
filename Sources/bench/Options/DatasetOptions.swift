import ArgumentParser
import DatasetStore
import Datasets
import Files
import Foundation

/// Which images to use.
struct DatasetOptions: ParsableArguments {
  @Option(
    help: """
      Dataset: \(Dataset.all.map(\.name).joined(separator: ", ")) (default: birdlets, or what the checkpoint was \
      trained on).
      """)
  var dataset: String?

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp("Folder with the dataset's files (default: the store; fetched if absent).", valueName: "dir")
  )
  var folder: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Use only these classes, such as 1-20 or 1,5,7-9.", valueName: "list"))
  var classes: String?

  @Flag(help: "Skip broken images (default: they stop the command before any training).")
  var skipBroken = false

  @Flag(help: "Keep the bottom 20 rows of FGVC-Aircraft's images, which name the photographer.")
  var keepBanner = false

  @Flag(help: "Apply the images' EXIF orientation (default: read them as stored, as PyTorch and Pillow do).")
  var exifRotate = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "For a folder with one subfolder per class: share of each class to keep for testing, such as 0.2.",
      valueName: "share"))
  var testShare: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seed for drawing the images of --test-share (default: 0).", valueName: "seed"))
  var splitSeed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Cache decoded images, up to this much memory, which must fit: 2GB, 500MB, 1GiB (default: no cache).",
      valueName: "amount"))
  var cacheImages: ByteCount?

  @Flag(help: "Fetch missing datasets or weights without asking.")
  var yes = false

  @OptionGroup var store: StoreOptions

  /// Returns the entry of the named dataset or `standard`; throws if an option does not apply to it.
  func entry(standard: String = "birdlets") throws -> CatalogueEntry {
    let entry = try Dataset.entry(named: dataset ?? standard)
    try entry.require(reading)
    return entry
  }

  /// The options that say which images there are and how they are read, as far as they are given.
  var given: [String] {
    let all = [
      ("--dataset", dataset != nil), ("--data", folder != nil), ("--classes", classes != nil),
      ("--skip-broken", skipBroken), ("--keep-banner", keepBanner), ("--exif-rotate", exifRotate),
      ("--test-share", testShare != nil), ("--split-seed", splitSeed != nil), ("--cache-images", cacheImages != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  /// How the images are to be read.
  var reading: Reading {
    var reading = Reading()
    (reading.keepsBanner, reading.isTurning) = (keepBanner, exifRotate)
    (reading.testShare, reading.splitSeed) = (testShare, splitSeed)
    return reading
  }

  /// Opens the dataset and checks all its images; also returns the broken images that were left out.
  ///
  /// `standard` is opened if no dataset is named. Its classes and reading default to `standardClasses` and
  /// `standardReading`.
  func open(
    standard: String = "birdlets", standardClasses: String? = nil, standardReading: Reading = Reading()
  ) throws -> (dataset: Dataset, leftOut: [BrokenImage]) {
    let entry = try entry(standard: standard)
    let usual = entry.name == standard ? standardReading : Reading()
    let selection = try (classes ?? (entry.name == standard ? standardClasses : nil)).map(ClassSelection.init)
    let folder = try self.folder ?? storedFolder(entry)
    let whole = try Self.whole(entry, folder, selection, reading, usual: usual, splitSeed: splitSeed)
    let (usable, leftOut) = try whole.verified(skipBroken: skipBroken, goOn: Watch("Checking images").goOn)
    for image in leftOut { complain("Left out \(image)") }
    let waiting = usable.waitingForImages { warn("waiting for \($0)") }
    return (cacheImages.map { waiting.cachingImages(within: $0.bytes) } ?? waiting, leftOut)
  }

  /// Opens the dataset as `reading` says, else with the values of `usual`; a folder's own split is kept.
  private static func whole(
    _ entry: CatalogueEntry, _ folder: String?, _ classes: ClassSelection?, _ reading: Reading, usual: Reading,
    splitSeed: UInt64?
  ) throws -> Dataset {
    var reading = reading
    reading.keepsBanner = reading.keepsBanner || usual.keepsBanner
    reading.isTurning = reading.isTurning || usual.isTurning
    do { return try Dataset.open(entry.name, folder: folder, classes: classes, reading: reading) } catch {
      guard case .splitRequired = error, usual.testShare != nil else { throw error }
    }
    (reading.testShare, reading.splitSeed) = (usual.testShare, splitSeed ?? usual.splitSeed)
    return try Dataset.open(entry.name, folder: folder, classes: classes, reading: reading)
  }

  /// Whether the dataset's files are on this machine; nothing is fetched.
  func isOnThisMachine() throws -> Bool {
    if let folder { return isAccessible(folder, F_OK) }
    guard let name = try entry().lockName else { return true }
    let store = try self.store.store()
    return try store.has(store.lock.item(.datasets, name))
  }

  /// Whether the weights that `--weights` names are on this machine; nothing is fetched.
  func hasWeights(_ value: String) throws -> Bool {
    if isAccessible(value, F_OK) { return true }
    let store = try self.store.store()
    return store.lock.weights.first { $0.name == value }.map(store.has) ?? false
  }

  /// Returns the file that `--weights` names: a path, or a name in the lock, which is fetched if the user agrees.
  func weightsPath(_ value: String) throws -> String {
    guard !isAccessible(value, F_OK) else { return value }
    let lock = try store.store().lock
    // A word without a dot or slash is a name, not a file.
    let isPath = value.contains { "./".contains($0) }
    guard !isPath || lock.weights.contains(where: { $0.name == value }) else { return value }
    let item = try lock.item(.weights, value)
    return try located(item) { try $0.fetchWeights(item, check: weightsCheck) }
  }

  /// Returns the dataset's folder in the store, fetched if the user agrees; nil for an embedded dataset.
  private func storedFolder(_ entry: CatalogueEntry) throws -> String? {
    guard let name = entry.lockName else { return nil }
    let item = try store.store().lock.item(.datasets, name)
    return try located(item) { try $0.fetch(item, check: datasetCheck(name)) }
  }

  /// Returns the item's path in the store, after `fetch` if the user agrees.
  private func located(_ item: LockedItem, fetch: (Store) throws -> String) throws -> String {
    let store = try self.store.store()
    if store.has(item) { return store.location(of: item) }
    try store.requireFetchable(item)
    try Consent(isGiven: yes).ask(toFetch: item, store)
    return try self.store.working(fetch)
  }
}
