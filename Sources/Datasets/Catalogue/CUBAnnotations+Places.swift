/// Where the bird and its parts are.
extension CUBAnnotations {
  /// Where one annotator saw a part.
  public struct Click: Equatable, Sendable {
    /// The image's number, from 1.
    public let image: Int
    /// The part's number, from 1.
    public let part: Int
    /// Nil if the part was not seen.
    public let point: Annotation.Point?
    /// How long it took.
    public let seconds: Double
  }

  /// The birds' boxes, by image.
  public func boxes() throws(DatasetError) -> [Annotation.Box]? {
    guard let path = path(of: .boxes) else { return nil }
    var boxes: [Annotation.Box] = []
    try lines(of: path, count: imageCount, upTo: 5) { index, line in
      guard line.count == 5, line[0] == Double(index + 1), line[3] >= 0, line[4] >= 0 else {
        return "\(index + 1) and x, y, width and height"
      }
      boxes.append(Annotation.Box(x: line[1], y: line[2], width: line[3], height: line[4]))
      return nil
    }
    return boxes
  }

  /// The part names, such as "beak".
  public func partNames() throws(DatasetError) -> [String]? { try names(.partNames, "a part's name") }

  /// The parts' centres by image, then by part; nil if the part is not visible.
  public func parts() throws(DatasetError) -> [[Annotation.Point?]]? {
    guard let path = path(of: .parts), let parts = try partNames()?.count else { return nil }
    var all: [[Annotation.Point?]] = []
    try lines(of: path, count: imageCount * parts, upTo: 5) { index, line in
      let (image, part) = (index / parts + 1, index % parts + 1)
      guard line.count == 5, line[0] == Double(image), line[1] == Double(part), let point = Self.point(line) else {
        return "\(image) \(part), x, y and 0 or 1"
      }
      if part == 1 { all.append([]) }
      all[image - 1].append(point)
      return nil
    }
    return all
  }

  /// The available boxes and parts of every image; nil if neither is available.
  func annotations() throws(DatasetError) -> Annotations? {
    let (boxes, parts) = (try boxes(), try parts())
    guard boxes != nil || parts != nil else { return nil }
    let annotations = (0..<imageCount).map { ($0 + 1, Annotation(box: boxes?[$0], parts: parts?[$0] ?? [])) }
    return Annotations(
      partNames: parts == nil ? [] : try partNames() ?? [], byNumber: Dictionary(uniqueKeysWithValues: annotations))
  }

  /// All clicks behind the parts' centres, by image, then by part; one per annotator asked about a part.
  public func clicks() throws(DatasetError) -> [Click]? {
    guard let path = path(of: .clicks), let parts = try partNames()?.count else { return nil }
    var clicks: [Click] = []
    try NumberLines(path: path).each(upTo: 6) { line in
      let (image, part) = (clicks.last?.image ?? 1, clicks.last?.part ?? 1)
      guard line.count == 6, let thisImage = Int(exactly: line[0]), let thisPart = Int(exactly: line[1]),
        (1...imageCount).contains(thisImage), (1...parts).contains(thisPart),
        (image, part) <= (thisImage, thisPart), let point = Self.point(line)
      else { return "\(image) \(part) or a later image and part, x, y, 0 or 1, and seconds" }
      clicks.append(Click(image: thisImage, part: thisPart, point: point, seconds: line[5]))
      return nil
    }
    // The number of lines is unknown; check at least the last image.
    guard clicks.last?.image == imageCount else {
      throw .invalidAnnotation(
        file: path, line: clicks.count, expected: "clicks on all \(imageCount) images",
        found: clicks.last.map { "an end at image \($0.image)" } ?? "none")
    }
    return clicks
  }

  /// The point in a line of image, part, x, y and visibility; nil if the visibility is neither 0 nor 1.
  private static func point(_ line: [Double]) -> Annotation.Point?? {
    switch line[4] {
    case 0: .some(nil)
    case 1: Annotation.Point(x: line[2], y: line[3])
    default: nil
    }
  }
}
