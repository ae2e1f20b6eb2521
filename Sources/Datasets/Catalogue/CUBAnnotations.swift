import Files
import Glibc

/// CUB-200-2011's annotations beyond the class of each image.
///
/// Each kind is read on request, and is nil if one of its files does not exist.
public struct CUBAnnotations: Sendable {
  /// An annotation file, relative to CUB_200_2011.
  enum File: String, CaseIterable {
    case boxes = "bounding_boxes.txt"
    case partNames = "parts/parts.txt"
    case parts = "parts/part_locs.txt"
    case clicks = "parts/part_click_locs.txt"
    case attributeNames = "attributes.txt"
    case certainties = "attributes/certainties.txt"
    case attributeLabels = "attributes/image_attribute_labels.txt"
    case classAttributes = "attributes/class_attribute_labels_continuous.txt"
  }

  /// The number of images; lists of images hold the one with a sample's `number` at `number - 1`.
  public let imageCount: Int
  public let classCount: Int
  let root: String

  /// Looks into `folder`, which is CUB_200_2011 or contains it.
  public init(folder: String) throws(DatasetError) {
    root = try CUB.root(of: folder)
    imageCount = try AnnotationFile(root + "/images.txt").numbered("an image's path", DatasetFolder.relativePath).count
    classCount = try AnnotationFile(root + "/classes.txt").numbered("a class name", \.self).count
  }

  /// A file's path; nil if it does not exist.
  func path(of file: File) -> String? {
    var places = [file.rawValue]
    if file == .attributeNames {
      places.insert("attributes/" + file.rawValue, at: 0)
      // The archive puts it next to the folder, where unrelated files may lie, too.
      if isThere("attributes") { places.append("../" + file.rawValue) }
    }
    return places.first(where: isThere).map { root + "/" + $0 }
  }

  private func isThere(_ place: String) -> Bool { isAccessible(root + "/" + place, F_OK) }

  /// The names in a file such as parts.txt, which must not be empty.
  func names(_ file: File, _ meaning: String) throws(DatasetError) -> [String]? {
    guard let path = path(of: file) else { return nil }
    let names = try AnnotationFile(path).numbered(meaning, \.self)
    guard !names.isEmpty else {
      throw .invalidAnnotation(file: path, line: 1, expected: "1 and \(meaning)", found: "nothing")
    }
    return names
  }

  /// Calls `body` with the numbers of each line of a file, which must have `count` lines of at most `most` numbers.
  ///
  /// `body` gets the number of preceding lines, and returns what was expected if the line is invalid.
  func lines(
    of path: String, count: Int, upTo most: Int, _ body: (_ index: Int, _ numbers: [Double]) -> String?
  ) throws(DatasetError) {
    var index = 0
    try NumberLines(path: path).each(upTo: most) { numbers in
      guard index < count else { return "no more than \(count) lines" }
      defer { index += 1 }
      return body(index, numbers)
    }
    guard index == count else {
      throw .invalidAnnotation(file: path, line: index, expected: "\(count) lines", found: "\(index)")
    }
  }
}
