/// Positions of one image's annotated objects, in pixels from its top left; the first pixel's centre is (0.5, 0.5).
public struct Annotation: Equatable, Sendable, Codable {
  public typealias Point = SIMD2<Double>

  /// An upright box.
  public struct Box: Equatable, Sendable, Codable {
    public let x: Double
    public let y: Double
    public let width: Double
    public let height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    public var centre: Point { Point(x + width / 2, y + height / 2) }
  }

  /// The box around the labelled object; nil if it is unknown or not visible.
  public var box: Box?
  /// The centre of each of the dataset's parts; nil for a part that is not visible.
  public var parts: [Point?]

  public init(box: Box?, parts: [Point?] = []) {
    self.box = box
    self.parts = parts
  }

  /// Where to look: the visible parts, or the box's centre if no parts are annotated.
  public var places: [Point] { parts.isEmpty ? [box?.centre].compactMap { $0 } : parts.compactMap { $0 } }
}

/// The annotations of a dataset's images.
public struct Annotations: Sendable {
  /// The parts' names; empty if there are only boxes.
  public let partNames: [String]
  /// By sample number.
  private let byNumber: [Int: Annotation]

  public init(partNames: [String] = [], byNumber: [Int: Annotation]) {
    self.partNames = partNames
    self.byNumber = byNumber
  }

  /// The annotation of an image; nil if it has none.
  public subscript(sample: Sample) -> Annotation? { byNumber[sample.number] }
}

extension Dataset {
  /// This dataset with its annotations read; throws `noAnnotations` if it has none, `turnedAnnotations` if they do not
  /// fit the images as read, and errors found in them.
  public func annotated() throws(DatasetError) -> Dataset {
    guard annotations == nil else { return self }
    guard let readAnnotations, let annotations = try readAnnotations() else { throw .noAnnotations(dataset: name) }
    var annotated = self
    annotated.annotations = annotations
    return annotated
  }
}
