import Files
import Glibc

extension CatalogueEntry {
  /// The user's own images.
  static let folder = CatalogueEntry(
    name: "folder",
    summary: "your own images: train/CLASS and test/CLASS (or val), a folder for each class, or train.txt and test.txt",
    lockName: nil, choices: [.turning, .testShare, .splitSeed], isAnnotated: false
  ) { folder, classes, reading throws(DatasetError) in
    try OwnFolder.open(folder, classes: classes, reading)
  }
}

/// Reads a folder of the user's own images, in the first of these layouts that it has:
///
/// - the lists train.txt and test.txt, with an image's path and label per line;
/// - the folders train and test, with a folder of images for each class;
/// - a folder of images for each class, from which a share is drawn for testing.
///
/// Instead of test, the name may be val.
enum OwnFolder {
  /// Images with their classes from 1, in the order of the classes.
  struct Labelled {
    var classNames: [String]
    var images: [(path: String, label: Int, split: Split)] = []
  }

  static func open(
    _ folder: String, classes selection: ClassSelection?, _ reading: Reading
  ) throws(DatasetError) -> Dataset {
    guard isFolder(folder) else { throw .folderNotFound(path: folder) }
    let found = try labelled(folder, reading)
    return try LabelledImages(
      dataset: "folder", classNames: ClassNames.checked(found.classNames, in: folder), paths: found.images.map(\.path),
      classes: found.images.map(\.label), isTrain: found.images.map { $0.split == .train },
      source: FolderImages(folder: folder, isTurning: reading.isTurning)
    ).selecting(selection, published: nil, in: folder)
  }

  private static func labelled(_ folder: String, _ reading: Reading) throws(DatasetError) -> Labelled {
    let entries = folderEntries(folder) ?? []
    func first(of names: [String], _ isRight: (_ name: String) -> Bool) -> String? {
      names.compactMap { name in entries.first { $0.lowercased() == name && isRight($0) } }.first
    }
    let (forTraining, forTesting) = (["train", "training"], ["test", "testing", "val", "valid", "validation"])
    func requireNoShare(_ means: String) throws(DatasetError) {
      let choices = [Reading.Choice.testShare, .splitSeed].filter(reading.choices.contains)
      guard choices.isEmpty else {
        throw .splitGiven(folder: folder, by: means, options: choices.map(\.rawValue))
      }
    }

    func isList(_ name: String) -> Bool { !isFolder(folder + "/" + name) }
    let lists = (
      train: first(of: forTraining.map { $0 + ".txt" }, isList), test: first(of: forTesting.map { $0 + ".txt" }, isList)
    )
    if let train = lists.train, let test = lists.test {
      try requireNoShare("the lists \(train) and \(test)")
      return try ImageLists(folder: folder, train: train, test: test).read()
    }

    // A class may have one of these names, too. Folders that cannot be listed fail when they are read.
    func hasClasses(_ name: String) -> Bool { (try? ClassFolders.classes(in: folder + "/" + name))?.isEmpty != true }
    if let train = first(of: forTraining, hasClasses) {
      guard let test = first(of: forTesting, hasClasses) else {
        throw .unlabelledFolder(
          path: folder,
          found: "\(train), but no test or val with folders of classes. To draw the test images from "
            + "\(train), name that folder, and a share: --data \(folder)/\(train) --test-share 0.2")
      }
      try requireNoShare("the folders \(train) and \(test)")
      return try ClassFolders.read(folder, train: train, test: test)
    }

    if let list = lists.train ?? lists.test, try ClassFolders.classes(in: folder).isEmpty {
      throw .unlabelledFolder(path: folder, found: "the list \(list) alone, and no folders")
    }
    let found = try ClassFolders.read(folder)
    guard let share = reading.testShare else { throw .splitRequired(folder: folder) }
    return found.keeping(share, seed: reading.splitSeed ?? 0)
  }
}
