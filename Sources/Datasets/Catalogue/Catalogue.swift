/// A dataset that can be opened by name.
public struct CatalogueEntry: Sendable {
  /// The name that users type.
  public let name: String
  /// One line for a list of datasets.
  public let summary: String
  /// Its name in the lock of what can be fetched; nil if nothing of it can.
  public let lockName: String?
  /// What may be chosen for the way that its files are read.
  var choices: Set<Reading.Choice> = []
  /// Whether its files lie in a folder; else it is embedded.
  public var needsFolder = true
  /// Whether its images come with annotations of where things are.
  public var isAnnotated = true
  let open: @Sendable (_ folder: String, _ classes: ClassSelection?, _ reading: Reading) throws(DatasetError) -> Dataset
  /// Reads all that a folder says of its images beside their class, and counts it in a line; nil if nothing more is read.
  public var annotations: (@Sendable (_ folder: String) throws(DatasetError) -> String)? = nil
}

extension Dataset {
  /// All datasets that are known by name.
  public static let all: [CatalogueEntry] = [
    .birdlets, .birdletsPretraining, .cub, .aircraft(.variant), .aircraft(.family), .aircraft(.manufacturer), .cars,
    .folder,
  ]

  /// The entry of `name`; throws `unknownDataset`, which lists the known ones.
  public static func entry(named name: String) throws(DatasetError) -> CatalogueEntry {
    guard let entry = all.first(where: { $0.name == name }) else {
      let known = all.map(\.name)
      throw .unknownDataset(name: name, known: known, nearest: nearestName(to: name, among: known))
    }
    return entry
  }

  /// Opens a dataset by name: `folder` for those that are read from one, all classes if none are selected.
  public static func open(
    _ name: String, folder: String? = nil, classes: ClassSelection? = nil, reading: Reading = Reading()
  ) throws(DatasetError) -> Dataset {
    let entry = try entry(named: name)
    try entry.require(reading)
    switch (folder, entry.needsFolder) {
    case (nil, true): throw .folderRequired(dataset: name)
    case (.some, false): throw .folderNotTaken(dataset: name)
    case (let folder, _): return try entry.open(folder ?? "", classes, reading)
    }
  }
}
