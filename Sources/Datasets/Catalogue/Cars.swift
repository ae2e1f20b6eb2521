extension CatalogueEntry {
  /// Stanford Cars in the layout of its archives or of the single folder car_ims, with the official split.
  static let cars = CatalogueEntry(
    name: "cars", summary: "Stanford Cars: 16,185 photographs of 196 makes, models and years", lockName: "cars",
    choices: [.turning]
  ) { folder, classes, reading throws(DatasetError) in
    try Cars.open(folder, classes: classes, reading)
  }
}

/// Reads folders in the layouts of Stanford Cars.
enum Cars {
  /// Opens `folder`, which has cars_train, cars_test and their annotations, or car_ims and cars_annos.mat, or contains
  /// such a folder.
  static func open(
    _ folder: String, classes selection: ClassSelection?, _ reading: Reading = Reading()
  ) throws(DatasetError) -> Dataset {
    let layout = try CarsLayout.found(in: folder)
    let (names, rows) =
      switch layout {
      case .single(let annotations, _): try single(annotations)
      case .split(let split): try self.split(split)
      }
    let boxes = rows.enumerated().compactMap { index, row in row.box.map { (index + 1, Annotation(box: $0)) } }
    return try LabelledImages(
      dataset: "cars", classNames: names, paths: rows.map(\.path), classes: rows.map(\.label),
      isTrain: rows.map(\.isTrain), source: FolderImages(folder: layout.root, isTurning: reading.isTurning),
      readAnnotations: { boxes.isEmpty ? nil : Annotations(byNumber: Dictionary(uniqueKeysWithValues: boxes)) }
    ).selecting(selection, published: .cars, in: layout.root)
  }

  private typealias Row = (path: String, label: Int, isTrain: Bool, box: Annotation.Box?)

  private static func split(_ layout: CarsLayout.Split) throws(DatasetError) -> ([String], [Row]) {
    let names = try classNames(try MATFile(layout.meta))
    var all: [Row] = []
    for (file, images, isTrain) in [
      (layout.trainAnnotations, layout.trainImages, true), (layout.testAnnotations, layout.testImages, false),
    ] {
      all += try rows(try MATFile(file), count: names.count) { element in
        guard let name = element["fname"]?.text, let path = DatasetFolder.relativePath(name), !path.contains("/")
        else { return nil }
        return ("\(images)/\(path)", isTrain)
      }
    }
    return (names, all)
  }

  private static func single(_ annotations: String) throws(DatasetError) -> ([String], [Row]) {
    let file = try MATFile(annotations)
    let names = try classNames(file)
    let rows = try rows(file, count: names.count) { element in
      guard let name = element["relative_im_path"]?.text, let path = DatasetFolder.relativePath(name),
        let test = element["test"]?.integer, test == 0 || test == 1
      else { return nil }
      return (path, test == 0)
    }
    return (names, rows)
  }

  private static func classNames(_ file: MATFile) throws(DatasetError) -> [String] {
    let cells = file.variables["class_names"]?.cells ?? []
    let names = cells.compactMap(\.text)
    guard !names.isEmpty, names.count == cells.count else {
      throw .invalidAnnotation(
        file: file.path, line: 0, expected: "the cells class_names with a name each",
        found: file.variables["class_names"] == nil ? "no such variable" : "something else")
    }
    return try ClassNames.checked(names, in: file.path)
  }

  /// The rows of `annotations`; `image` returns a row's path and whether it is for training, nil if damaged.
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

  /// The car's box, from inclusive corner pixels counted from 1; nil if it is absent or damaged.
  private static func box(_ element: [String: MATValue]) -> Annotation.Box? {
    let corners = ["bbox_x1", "bbox_y1", "bbox_x2", "bbox_y2"].compactMap { element[$0]?.integer }
    guard corners.count == 4, corners[0] <= corners[2], corners[1] <= corners[3] else { return nil }
    return Annotation.Box(corners)
  }
}

extension Annotation.Box {
  /// From left, top, right and bottom: pixels counted from 1, all inclusive.
  init(_ corners: [Int]) {
    // Subtracting in `Double` avoids overflow: a file may hold any integers.
    let (left, top, right, bottom) = (
      Double(corners[0]), Double(corners[1]), Double(corners[2]), Double(corners[3])
    )
    self.init(
      x: left - 1, y: top - 1, width: right - left + 1, height: bottom - top + 1)
  }
}
