import Files
import Glibc
import Synchronization
import Tensors

extension Birdlets {
  /// The pictures that `bench data render` writes: half as many test as training pictures of each class.
  public static func rendered(_ kind: Kind = .small, size: Int = 192, perClass: Int = 40) -> Birdlets {
    let seed = (kind == .small ? Birdlets() : .pretraining).seed
    return Birdlets(kind, seed: seed, size: size, trainPerClass: perClass, testPerClass: perClass / 2)
  }

  /// Writes all pictures as a folder in CUB-200-2011's layout, which the dataset "cub" reads; throws `cannotWrite`,
  /// also if the folder is not empty. `goOn` works as in `verified`; a folder left early is empty but for hidden files,
  /// which the next call removes.
  public func write(
    to folder: String, quality: Int = 95, goOn: (_ done: Int, _ count: Int) -> Bool = { _, _ in true }
  ) throws(DatasetError) {
    let dataset = try dataset()
    let samples = (dataset.train.map { ($0, 1) } + dataset.test.map { ($0, 0) }).sorted { $0.0.number < $1.0.number }
    try makeFolder(folder, failingAs: DatasetError.self)
    removeTemporaries(in: folder)
    guard isEmptyFolder(folder) else {
      throw .cannotWrite(path: folder, reason: "the folder is not empty, name a new one")
    }
    let (target, folder) = (folder, folder + "/" + temporaryName())
    defer { removeTree(folder) }
    for name in dataset.classNames {
      try makeFolder(folder + "/images/" + name, failingAs: DatasetError.self)
    }

    let failure = Mutex<DatasetError?>(nil)
    try watchedFor(samples.count, goOn: { goOn($0, samples.count) }) { index in
      guard failure.withLock({ $0 == nil }) else { return }
      let sample = samples[index].0
      do throws(DatasetError) {
        let jpeg = try picture(sample.number).jpeg(quality: quality)
        try writeWhole(jpeg, to: folder + "/images/" + sample.id, failingAs: DatasetError.self)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }

    func write(_ name: String, _ lines: [String]) throws(DatasetError) {
      let text = lines.map { $0 + "\n" }.joined()
      try writeWhole(Array(text.utf8), to: folder + "/" + name, failingAs: DatasetError.self)
    }
    try write("classes.txt", dataset.classNames.enumerated().map { "\($0 + 1) \($1)" })
    try write("images.txt", samples.map { "\($0.0.number) \($0.0.id)" })
    try write("image_class_labels.txt", samples.map { "\($0.0.number) \($0.0.label + 1)" })
    try write("train_test_split.txt", samples.map { "\($0.0.number) \($0.1)" })
    let annotations = samples.map { ($0.0.number, annotation($0.0.number)) }
    try write(
      "bounding_boxes.txt",
      annotations.map { number, annotation in
        annotation.box.map { "\(number) \($0.x) \($0.y) \($0.width) \($0.height)" } ?? "\(number) 0.0 0.0 0.0 0.0"
      })
    try makeFolder(folder + "/parts", failingAs: DatasetError.self)
    try write("parts/parts.txt", Self.partNames.enumerated().map { "\($0 + 1) \($1)" })
    try write(
      "parts/part_locs.txt",
      annotations.flatMap { number, annotation in
        annotation.parts.enumerated().map { index, place in
          "\(number) \(index + 1) " + (place.map { "\($0.x) \($0.y) 1" } ?? "0.0 0.0 0")
        }
      })
    for name in folderEntries(folder) ?? [] {
      guard renameFile(folder + "/" + name, to: target + "/" + name) else {
        throw .cannotWrite(path: target, reason: systemReason())
      }
    }
    guard syncFolder(target) else { throw .cannotWrite(path: target, reason: systemReason()) }
  }
}
