import Files

/// A dataset that can be opened by name.
public struct CatalogueEntry: Sendable {
  /// The name that users type.
  public let name: String
  /// One line for a list of datasets.
  public let summary: String
  /// The name in the lock of fetchable items; nil if the dataset cannot be fetched.
  public let lockName: String?
  /// The reading options that this dataset accepts.
  var choices: Set<Reading.Choice> = []
  /// Whether the dataset is read from a folder; otherwise it is embedded.
  public var needsFolder = true
  /// Whether the images have annotations of boxes or parts.
  public var isAnnotated = true
  let open: @Sendable (_ folder: String, _ classes: ClassSelection?, _ reading: Reading) throws(DatasetError) -> Dataset
  /// Reads and counts, in one line, all that a folder says of its images beyond their class; nil if there is no more.
  public var annotations: (@Sendable (_ folder: String) throws(DatasetError) -> String)? = nil
}

extension Dataset {
  /// All datasets known by name.
  public static let all: [CatalogueEntry] = [
    .birdlets, .birdletsPretraining, .cub, .aircraft(.variant), .aircraft(.family), .aircraft(.manufacturer), .cars,
    .folder,
  ]

  /// The entry of `name`; throws `unknownDataset`, which lists the known names.
  public static func entry(named name: String) throws(DatasetError) -> CatalogueEntry {
    guard let entry = all.first(where: { $0.name == name }) else {
      let known = all.map(\.name)
      throw .unknownDataset(name: name, known: known, nearest: nearestName(to: name, among: known))
    }
    return entry
  }

  /// Opens a dataset by name: from `folder` unless it is embedded, with all classes if none are selected.
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
