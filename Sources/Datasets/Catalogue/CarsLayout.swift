import Files
import Glibc

/// Where the files of Stanford Cars lie in a user's folder: as in the original archives or in Kaggle's copies.
enum CarsLayout {
  /// Separate images and annotations by split.
  struct Split {
    let root: String
    let meta: String
    let trainAnnotations: String
    let testAnnotations: String
    /// Within the root.
    let trainImages: String
    let testImages: String
  }

  case split(Split)
  /// The folder car_ims and one annotation file.
  case single(annotations: String, root: String)

  var root: String {
    switch self {
    case .split(let split): split.root
    case .single(_, let root): root
    }
  }

  private static let single = "cars_annos.mat"
  private static let meta = "cars_meta.mat"
  private static let train = "cars_train_annos.mat"
  private static let test = "cars_test_annos_withlabels.mat"

  /// The first complete layout in `folder` or where its archives may have been unpacked; throws `foreignFolder`, which
  /// names what is missing.
  ///
  /// A lone cars_annos.mat is not a layout: Kaggle's copies have it next to complete ones.
  static func found(in folder: String) throws(DatasetError) -> CarsLayout {
    let roots = try DatasetFolder.roots(in: folder, inner: ["stanford_cars", "stanford-cars", "cars"])
    for root in roots {
      if let split = split(in: root) { return .split(split) }
      if let annotations = annotations(single, in: root), isFolder(root + "/car_ims") {
        return .single(annotations: annotations, root: root)
      }
    }
    let likeliest = roots.first { absent(from: $0).count < 5 } ?? folder
    throw .foreignFolder(
      path: folder, dataset: "cars",
      expected: "the folders cars_train and cars_test and the files \(meta), \(train), \(test) "
        + "(or the folder car_ims and \(single))", found: missing(from: likeliest))
  }

  private static func split(in root: String) -> Split? {
    guard let meta = annotations(meta, in: root), let train = annotations(train, in: root),
      let test = annotations(test, in: root), let trainImages = images("cars_train", in: root),
      let testImages = images("cars_test", in: root)
    else { return nil }
    return Split(
      root: root, meta: meta, trainAnnotations: train, testAnnotations: test, trainImages: trainImages,
      testImages: testImages)
  }

  /// The path of an annotation file, in the root or in the devkit.
  private static func annotations(_ name: String, in root: String) -> String? {
    let places = ["", "devkit/", "car_devkit/devkit/", "car_devkit/"].map { root + "/" + $0 + name }
    return places.first { isAccessible($0, F_OK) }
  }

  /// The folder of a split's images within the root; Kaggle's copies nest it in one of the same name.
  private static func images(_ name: String, in root: String) -> String? {
    [name + "/" + name, name].first { isFolder(root + "/" + $0) }
  }

  private static func absent(from root: String) -> [String] {
    ["cars_train", "cars_test"].filter { images($0, in: root) == nil }.map { "folder " + $0 }
      + [meta, train, test].filter { annotations($0, in: root) == nil }
  }

  private static func missing(from root: String) -> String {
    let absent = absent(from: root)
    guard absent.count < 5 else { return "none of these" }
    let source =
      absent.contains(test)
      ? " (a separate file with the classes of the test images, which car_devkit.tgz lacks: it is among the files at "
        + "https://www.kaggle.com/datasets/rickyyyyyyy/torchvision-stanford-cars)" : ""
    return "no " + absent.joined(separator: ", no ") + source
  }
}
