extension CatalogueEntry {
  /// Stanford Cars in the layout of its archives or of the single folder car_ims, with the official split.
  static let cars = CatalogueEntry(
    name: "cars", summary: "Stanford Cars: 16,185 photographs of 196 makes, models and years", lockName: "cars"
  ) { folder, classes, _ throws(DatasetError) in
    try Cars.open(folder, classes: classes)
  }
}

/// Reads folders in the layouts of Stanford Cars.
enum Cars {
  private static let meta = "devkit/cars_meta.mat"
  private static let train = "devkit/cars_train_annos.mat"
  private static let test = "cars_test_annos_withlabels.mat"
  private static let single = "cars_annos.mat"
  private static let inner = ["stanford_cars", "stanford-cars", "cars"]

  /// `folder` has cars_train, cars_test and devkit in it, or car_ims and cars_annos.mat, or contains such a folder.
  static func open(_ folder: String, classes selection: ClassSelection?) throws(DatasetError) -> Dataset {
    if let root = try? DatasetFolder.root(
      of: folder, dataset: "cars", inner: inner, files: [single], images: "the folder car_ims")
    {
      return try openSingle(root, selection)
    }
    let root = try DatasetFolder.root(
      of: folder, dataset: "cars", inner: inner, files: [meta, train, test],
      images: "the folders cars_train and cars_test (or car_ims with \(single))")
    let names = try classNames(try MATFile(root + "/" + meta))
    var rows: [Row] = []
    for (file, isTrain) in [(train, true), (test, false)] {
      rows += try self.rows(try MATFile(root + "/" + file), count: names.count) { element in
        guard let name = element["fname"]?.text, let path = DatasetFolder.relativePath(name[...]), !path.contains("/")
        else { return nil }
        return ("\(isTrain ? "cars_train" : "cars_test")/\(path)", isTrain)
      }
    }
    return try dataset(root, names, rows, selection)
  }

  private static func openSingle(_ root: String, _ selection: ClassSelection?) throws(DatasetError) -> Dataset {
    let file = try MATFile(root + "/" + single)
    let names = try classNames(file)
    let rows = try rows(file, count: names.count) { element in
      guard let name = element["relative_im_path"]?.text, let path = DatasetFolder.relativePath(name[...]),
        let test = element["test"]?.integer, test == 0 || test == 1
      else { return nil }
      return (path, test == 0)
    }
    return try dataset(root, names, rows, selection)
  }

  private typealias Row = (path: String, label: Int, isTrain: Bool, box: Annotation.Box?)

  private static func dataset(
    _ root: String, _ names: [String], _ rows: [Row], _ selection: ClassSelection?
  ) throws(DatasetError) -> Dataset {
    let boxes = rows.enumerated().compactMap { index, row in row.box.map { (index + 1, Annotation(box: $0)) } }
    return try LabelledImages(
      dataset: "cars", classNames: names, paths: rows.map(\.path), classes: rows.map(\.label),
      isTrain: rows.map(\.isTrain), source: FolderImages(folder: root),
      readAnnotations: { boxes.isEmpty ? nil : Annotations(byNumber: Dictionary(uniqueKeysWithValues: boxes)) }
    ).selecting(selection, published: .cars, in: root)
  }

  private static func classNames(_ file: MATFile) throws(DatasetError) -> [String] {
    let cells = file.variables["class_names"]?.cells ?? []
    let names = cells.compactMap(\.text)
    guard !names.isEmpty, names.count == cells.count, Set(names).count == names.count else {
      throw .invalidAnnotation(
        file: file.path, line: 0, expected: "the cells class_names with a name each, each once",
        found: file.variables["class_names"] == nil ? "no such variable" : "something else")
    }
    return names
  }

  /// The rows of `annotations`; `image` gives the path of one and whether it is to train on, nil if it is damaged.
  private static func rows(
    _ file: MATFile, count: Int, image: ([String: MATValue]) -> (path: String, isTrain: Bool)?
  ) throws(DatasetError) -> [Row] {
    guard let elements = file.variables["annotations"]?.structs else {
      throw .invalidAnnotation(
        file: file.path, line: 0, expected: "the structures annotations", found: "no such variable")
    }
    var rows: [Row] = []
    var seen: Set<String> = []
    for (index, element) in elements.enumerated() {
      guard let (path, isTrain) = image(element), let label = element["class"]?.integer, (1...count).contains(label),
        seen.insert(path).inserted
      else {
        throw .invalidAnnotation(
          file: file.path, line: 0,
          expected: "annotation \(index + 1) with a new image's file name, a class from 1 to \(count) and its split",
          found: "fields \(element.keys.sorted().joined(separator: ", ").prefix(80)) of other kinds or values")
      }
      rows.append((path, label, isTrain, box(element)))
    }
    return rows
  }

  /// The car's box, whose corners are pixels counted from 1, both within it; nil if it is absent or damaged.
  private static func box(_ element: [String: MATValue]) -> Annotation.Box? {
    let corners = ["bbox_x1", "bbox_y1", "bbox_x2", "bbox_y2"].compactMap { element[$0]?.integer }
    guard corners.count == 4, corners[0] <= corners[2], corners[1] <= corners[3] else { return nil }
    return Annotation.Box(corners)
  }
}

extension Annotation.Box {
  /// From left, top, right and bottom in pixels counted from 1, all within the box.
  init(_ corners: [Int]) {
    self.init(
      x: Double(corners[0] - 1), y: Double(corners[1] - 1), width: Double(corners[2] - corners[0] + 1),
      height: Double(corners[3] - corners[1] + 1))
  }
}
