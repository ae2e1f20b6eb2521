import Files
import Glibc

extension CatalogueEntry {
  /// FGVC-Aircraft 2013b in its archive's layout: trained on trainval, tested on the official test split.
  static func aircraft(_ level: Aircraft.Level) -> CatalogueEntry {
    CatalogueEntry(
      name: level.dataset, summary: level.summary, lockName: "aircraft", choices: [.banner, .turning]
    ) { folder, classes, reading throws(DatasetError) in
      try Aircraft.open(folder, level, classes: classes, reading)
    }
  }
}

/// Reads folders in the layout of fgvc-aircraft-2013b.
enum Aircraft {
  /// The granularity of the classes.
  enum Level: String, CaseIterable, Sendable {
    case variant, family, manufacturer

    var dataset: String { self == .variant ? "aircraft" : "aircraft-\(rawValue)" }

    var plural: String {
      switch self {
      case .variant: "variants"
      case .family: "families"
      case .manufacturer: "manufacturers"
      }
    }

    var summary: String {
      switch self {
      case .variant: "FGVC-Aircraft 2013b: 10,000 photographs of 100 variants of aircraft"
      case .family: "the same photographs by family"
      case .manufacturer: "the same photographs by manufacturer"
      }
    }
  }

  /// The height in rows of the bottom banner that names the photographer.
  static let bannerRows = 20

  /// `folder` is fgvc-aircraft-2013b, its data folder, or contains one of them.
  static func open(
    _ folder: String, _ level: Level, classes selection: ClassSelection?, _ reading: Reading = Reading()
  ) throws(DatasetError) -> Dataset {
    let lists = [.train, .test].map { (split: Split) in
      "images_\(level.rawValue)_\(split == .train ? "trainval" : "test").txt"
    }
    let classFile = level.plural + ".txt"
    let root = try DatasetFolder.root(
      of: folder, dataset: level.dataset,
      inner: ["data", "fgvc-aircraft-2013b/data", "fgvc-aircraft-2013b"], files: [classFile] + lists,
      images: "the folder images")
    let names = try classNames(root + "/" + classFile)
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0 + 1) })
    var (paths, classes, isTrain, seen) = ([String](), [Int](), [Bool](), Set<String>())
    for (list, split) in zip(lists, [Split.train, .test]) {
      let annotations = try AnnotationFile(root + "/" + list)
      try annotations.each { number, line throws(DatasetError) in
        guard let (image, name) = line.splitAtFirstBlank, image.allSatisfy({ $0.isASCII && $0.isNumber }),
          let label = numbers[name], seen.insert(image).inserted
        else {
          throw annotations.damage(
            at: number, expected: "a new image's number and one of the classes of \(classFile)", line)
        }
        paths.append(image + ".jpg")
        classes.append(label)
        isTrain.append(split == .train)
      }
    }
    let images = LabelledImages(
      dataset: level.dataset, classNames: names, paths: paths, classes: classes, isTrain: isTrain,
      source: FolderImages(
        folder: root + "/images", cutOff: reading.keepsBanner ? 0 : bannerRows, isTurning: reading.isTurning),
      readAnnotations: { [paths] () throws(DatasetError) in try boxes(root + "/images_box.txt", paths) })
    try checkPublished(images, level, root)
    return try images.selecting(selection, published: nil, in: root)
  }

  /// The aircraft's boxes, from lines of image number, left, top, right and bottom; nil if the file does not exist.
  private static func boxes(_ path: String, _ images: [String]) throws(DatasetError) -> Annotations? {
    guard isAccessible(path, F_OK) else { return nil }
    let numbers = Dictionary(uniqueKeysWithValues: images.enumerated().map { ($1, $0 + 1) })
    var boxes: [Int: Annotation] = [:]
    let file = try AnnotationFile(path)
    try file.each { line, text throws(DatasetError) in
      let fields = text.fields
      let corners = fields.dropFirst().compactMap { Int($0) }
      guard fields.count == 5, corners.count == 4, corners[0] <= corners[2], corners[1] <= corners[3] else {
        throw file.damage(at: line, expected: "an image's number, left, top, right and bottom", text)
      }
      // The file may list images that neither split has.
      if let number = numbers[fields[0] + ".jpg"] { boxes[number] = Annotation(box: Annotation.Box(corners)) }
    }
    return Annotations(byNumber: boxes)
  }

  /// The published names are of variants only; families and manufacturers have the same images.
  private static func checkPublished(
    _ images: LabelledImages, _ level: Level, _ root: String
  ) throws(DatasetError) {
    let variants = level == .variant ? images.classNames : try classNames(root + "/variants.txt")
    let train = images.isTrain.count { $0 }
    try Published.aircraft.check(
      classNames: variants, train: train, test: images.isTrain.count - train, in: root)
  }

  private static func classNames(_ path: String) throws(DatasetError) -> [String] {
    try ClassNames.checked(AnnotationFile(path).lines("a class name", \.self), in: path)
  }
}
