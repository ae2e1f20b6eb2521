import Glibc

extension CatalogueEntry {
  /// Caltech-UCSD Birds 200 (2011) in its archive's layout, with the official split.
  static let cub = CatalogueEntry(
    name: "cub", summary: "CUB-200-2011: 11,788 photographs of 200 bird species", needsFolder: true
  ) { folder, classes throws(DatasetError) in
    try CUB.open(folder, classes: classes)
  }
}

/// Reads folders in the layout of CUB_200_2011.
enum CUB {
  static let files = ["images.txt", "classes.txt", "image_class_labels.txt", "train_test_split.txt"]

  /// `folder` is CUB_200_2011 or contains it.
  static func open(_ folder: String, classes selection: ClassSelection?) throws(DatasetError) -> Dataset {
    let root = try root(of: folder)
    let names = try AnnotationFile(root + "/classes.txt").numbered("a class name", String.init)
    guard !names.isEmpty else {
      throw .invalidAnnotation(file: root + "/classes.txt", line: 1, expected: "1 and a class name", found: "nothing")
    }
    let paths = try AnnotationFile(root + "/images.txt").numbered("an image's path within images/", relativePath)
    let classes = try column(root + "/image_class_labels.txt", count: paths.count, values: 1...names.count)
    let isTrain = try column(root + "/train_test_split.txt", count: paths.count, values: 0...1)

    let selected = try selection?.numbers(of: names.count) ?? Array(1...names.count)
    let labels = Dictionary(uniqueKeysWithValues: selected.enumerated().map { ($1, $0) })
    var splits: [Split: [Sample]] = [:]
    for (index, path) in paths.enumerated() {
      guard let label = labels[classes[index]] else { continue }
      splits[isTrain[index] == 1 ? .train : .test, default: []]
        .append(Sample(id: path, label: label, number: index + 1))
    }
    let source = FolderImages(folder: root + "/images")
    try requireImages(source, paths: paths, classes: classes, selected: selected, of: names.count)
    return try Dataset(
      name: "cub", classNames: selected.map { names[$0 - 1] },
      train: splits[.train] ?? [], test: splits[.test] ?? [], images: source
    ).requiringImages()
  }

  private static func root(of folder: String) throws(DatasetError) -> String {
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw .folderNotFound(path: folder) }
    func missing(_ root: String) -> [String] { files.filter { access(root + "/" + $0, F_OK) != 0 } }
    for root in [folder, folder + "/CUB_200_2011"] where missing(root).isEmpty { return root }
    let absent = missing(access(folder + "/CUB_200_2011", F_OK) == 0 ? folder + "/CUB_200_2011" : folder)
    throw .foreignFolder(
      path: folder, dataset: "cub", expected: "the folder images and the files " + files.joined(separator: ", "),
      found: absent.count == files.count ? "none of these files" : "no " + absent.joined(separator: ", no "))
  }

  /// One number an image, all of them within `values`.
  private static func column(_ path: String, count: Int, values: ClosedRange<Int>) throws(DatasetError) -> [Int] {
    let column = try AnnotationFile(path).numbered("a number within \(values.lowerBound)-\(values.upperBound)") {
      Int($0).flatMap { values.contains($0) ? $0 : nil }
    }
    guard column.count == count else {
      throw .invalidAnnotation(
        file: path, line: column.count, expected: "a line for each of the \(count) images",
        found: "\(column.count) lines")
    }
    return column
  }

  /// A path that stays within its folder, or nil.
  private static func relativePath(_ text: Substring) -> String? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.contains { $0.isEmpty || $0 == "." || $0 == ".." } ? nil : String(text)
  }

  /// A selected class of which not one image lies in the folder is an error that says which classes have some.
  private static func requireImages(
    _ source: FolderImages, paths: [String], classes: [Int], selected: [Int], of count: Int
  ) throws(DatasetError) {
    let members = Dictionary(grouping: paths.indices, by: { classes[$0] })
    func hasImage(_ number: Int) -> Bool {
      members[number, default: []].contains { access(source.path(paths[$0]), F_OK) == 0 }
    }
    let without = selected.filter { !hasImage($0) }
    guard without.isEmpty else {
      throw .classesWithoutImages(
        dataset: "cub", folder: source.folder, without: ClassSelection.text(of: without),
        with: ClassSelection.text(of: (1...count).filter(hasImage)))
    }
  }
}
