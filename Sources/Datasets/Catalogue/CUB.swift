extension CatalogueEntry {
  /// Caltech-UCSD Birds 200 (2011) in its archive's layout, with the official split.
  static let cub = CatalogueEntry(
    name: "cub", summary: "CUB-200-2011: 11,788 photographs of 200 bird species", lockName: "cub",
    choices: [.turning],
    open: { folder, classes, reading throws(DatasetError) in try CUB.open(folder, classes: classes, reading) },
    annotations: { folder throws(DatasetError) in try CUBAnnotations(folder: folder).summary() })
}

/// Reads folders in CUB_200_2011's layout.
enum CUB {
  static let files = ["images.txt", "classes.txt", "image_class_labels.txt", "train_test_split.txt"]

  /// `folder` is CUB_200_2011 or contains it.
  static func open(
    _ folder: String, classes selection: ClassSelection?, _ reading: Reading = Reading()
  ) throws(DatasetError) -> Dataset {
    let root = try root(of: folder)
    let names = try ClassNames.checked(
      AnnotationFile(root + "/classes.txt").numbered("a class name", \.self), in: root + "/classes.txt")
    let paths = try AnnotationFile(root + "/images.txt")
      .numbered("an image's path within images/", DatasetFolder.relativePath)
    var seen: Set<String> = []
    if let second = paths.firstIndex(where: { !seen.insert($0).inserted }) {
      throw .invalidAnnotation(
        file: root + "/images.txt", line: second + 1, expected: "each image once", found: "\(paths[second]) twice")
    }
    let classes = try column(root + "/image_class_labels.txt", count: paths.count, values: 1...names.count)
    let isTrain = try column(root + "/train_test_split.txt", count: paths.count, values: 0...1)
    return try LabelledImages(
      dataset: "cub", classNames: names, paths: paths, classes: classes, isTrain: isTrain.map { $0 == 1 },
      source: FolderImages(folder: root + "/images", isTurning: reading.isTurning),
      readAnnotations: { () throws(DatasetError) in try CUBAnnotations(folder: root).annotations() }
    ).selecting(selection, published: .cub, in: root)
  }

  static func root(of folder: String) throws(DatasetError) -> String {
    try DatasetFolder.root(
      of: folder, dataset: "cub", inner: ["CUB_200_2011"], files: files, images: "the folder images")
  }

  /// One number per image, each within `values`.
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
}
