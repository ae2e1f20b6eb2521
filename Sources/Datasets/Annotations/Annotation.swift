/// Where the annotated things of one image are, in pixels from its top left corner: the first pixel's middle is (0.5, 0.5).
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

  /// Around the thing that the image is labelled by; nil if it is not known, or not to be seen.
  public var box: Box?
  /// The middle of each of the dataset's parts; nil where it is not to be seen.
  public var parts: [Point?]

  public init(box: Box?, parts: [Point?] = []) {
    self.box = box
    self.parts = parts
  }

  /// Where to look: the parts that are to be seen, or the box's centre where no parts are annotated.
  public var places: [Point] { parts.isEmpty ? [box?.centre].compactMap { $0 } : parts.compactMap { $0 } }
}

/// The annotations of a dataset's images.
public struct Annotations: Sendable {
  /// The parts' names; none where there are boxes only.
  public let partNames: [String]
  /// By the sample's number.
  private let byNumber: [Int: Annotation]

  public init(partNames: [String] = [], byNumber: [Int: Annotation]) {
    self.partNames = partNames
    self.byNumber = byNumber
  }

  /// What is known of an image; nil if nothing is.
  public subscript(sample: Sample) -> Annotation? { byNumber[sample.number] }
}

extension Dataset {
  /// This dataset with its annotations read; throws `noAnnotations` if it has none, `turnedAnnotations` if they are of
  /// other images than are read, and what is wrong with them.
  public func annotated() throws(DatasetError) -> Dataset {
    guard annotations == nil else { return self }
    guard let readAnnotations, let annotations = try readAnnotations() else { throw .noAnnotations(dataset: name) }
    var annotated = self
    annotated.annotations = annotations
    return annotated
  }
}
