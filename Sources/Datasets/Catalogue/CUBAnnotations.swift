import Glibc

/// What CUB-200-2011 says of its images beside their class: where the bird is, and where its parts are.
public struct CUBAnnotations: Equatable, Sendable {
  /// A box in pixels from the top left corner.
  public struct Box: Equatable, Sendable {
    public let x: Double
    public let y: Double
    public let width: Double
    public let height: Double
  }

  /// The centre of a part, in pixels.
  public struct Point: Equatable, Sendable {
    public let x: Double
    public let y: Double
  }

  /// The bird's box, by image; image `number` of a sample is at `number - 1`.
  public let boxes: [Box]
  /// The parts' names, such as "beak".
  public let partNames: [String]
  /// By image, then by part: nil where the part is not to be seen.
  public let parts: [[Point?]]

  /// Reads bounding_boxes.txt, parts/parts.txt and parts/part_locs.txt; `folder` is CUB_200_2011 or contains it.
  public init(folder: String) throws(DatasetError) {
    let root = try CUB.root(of: folder)
    let images = try AnnotationFile(root + "/images.txt").numbered("an image's path", DatasetFolder.relativePath).count
    let boxFile = root + "/bounding_boxes.txt"
    let boxes = try AnnotationFile(boxFile).numbered("x, y, width and height") { text -> Box? in
      guard let values = numbers(text, 4), values[2] >= 0, values[3] >= 0 else { return nil }
      return Box(x: values[0], y: values[1], width: values[2], height: values[3])
    }
    guard boxes.count == images else {
      throw .invalidAnnotation(
        file: boxFile, line: boxes.count, expected: "a line for each of the \(images) images",
        found: "\(boxes.count) lines")
    }
    self.boxes = boxes
    partNames = try AnnotationFile(root + "/parts/parts.txt").numbered("a part's name", String.init)
    parts = try Self.parts(root + "/parts/part_locs.txt", images: images, parts: partNames.count)
  }

  /// Throws if the folder has boxes or parts that cannot be read; it need not have them.
  public static func check(folder: String) throws(DatasetError) {
    let root = try CUB.root(of: folder)
    if access(root + "/parts/part_locs.txt", F_OK) == 0 { _ = try CUBAnnotations(folder: folder) }
  }

  /// A line is image, part, x, y and 1 if it is to be seen; every part of every image has one, in order.
  private static func parts(_ path: String, images: Int, parts: Int) throws(DatasetError) -> [[Point?]] {
    var all: [[Point?]] = []
    var line = 0
    try AnnotationFile(path).each { number, text throws(DatasetError) in
      let (image, part) = (parts > 0 ? line / parts + 1 : 0, parts > 0 ? line % parts + 1 : 0)
      guard parts > 0, let values = numbers(text, 5), image <= images, values[0] == Double(image),
        values[1] == Double(part),
        values[4] == 0 || values[4] == 1
      else {
        throw .invalidAnnotation(
          file: path, line: number, expected: "\(image) \(part), x, y and 0 or 1", found: "\"\(text.prefix(80))\"")
      }
      if part == 1 { all.append([]) }
      all[image - 1].append(values[4] == 1 ? Point(x: values[2], y: values[3]) : nil)
      line += 1
    }
    guard line == images * parts else {
      throw .invalidAnnotation(
        file: path, line: line, expected: "\(images * parts) lines, \(parts) for each image", found: "\(line)")
    }
    return all
  }
}

/// So many finite numbers, separated by blanks; nil if the text is anything else.
private func numbers(_ text: Substring, _ count: Int) -> [Double]? {
  let values = text.split(separator: " ").compactMap { Double($0) }
  return values.count == count && values.allSatisfy(\.isFinite) && text.split(separator: " ").count == count
    ? values : nil
}
