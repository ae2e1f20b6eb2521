import Files
import Glibc

/// What CUB-200-2011 says of its images beside their class.
///
/// Each kind is read when it is asked for, and is nil if a file that it takes is not there.
public struct CUBAnnotations: Sendable {
  /// A file of annotations, within CUB_200_2011.
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

  /// The number of images; image `number` of a sample is at `number - 1` in a list of them.
  public let imageCount: Int
  public let classCount: Int
  let root: String

  /// Looks into `folder`, which is CUB_200_2011 or contains it.
  public init(folder: String) throws(DatasetError) {
    root = try CUB.root(of: folder)
    imageCount = try AnnotationFile(root + "/images.txt").numbered("an image's path", DatasetFolder.relativePath).count
    classCount = try AnnotationFile(root + "/classes.txt").numbered("a class name", \.self).count
  }

  /// Where a file is; nil if it is not there.
  func path(of file: File) -> String? {
    var places = [file.rawValue]
    if file == .attributeNames {
      places.insert("attributes/" + file.rawValue, at: 0)
      // The archive has it beside the folder, where anything may lie that is not meant for us.
      if isThere("attributes") { places.append("../" + file.rawValue) }
    }
    return places.first(where: isThere).map { root + "/" + $0 }
  }

  private func isThere(_ place: String) -> Bool { isAccessible(root + "/" + place, F_OK) }

  /// The names in a file such as parts.txt, of which there must be some.
  func names(_ file: File, _ meaning: String) throws(DatasetError) -> [String]? {
    guard let path = path(of: file) else { return nil }
    let names = try AnnotationFile(path).numbered(meaning, \.self)
    guard !names.isEmpty else {
      throw .invalidAnnotation(file: path, line: 1, expected: "1 and \(meaning)", found: "nothing")
    }
    return names
  }

  /// Calls `body` with the numbers of each line of a file, which must have `count` lines of at most so many numbers.
  ///
  /// `body` is given the number of lines before, and returns what was expected if the line is not as it should be.
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
