extension Birdlets {
  /// The marks in the order of `partNames`.
  static let marksOfParts: [Marks] = [.crown, .eyeRing, .wingBars, .longBeak, .tailBand]

  /// The parts whose marks distinguish the classes.
  public static var markedParts: [String] { partNames }

  /// These birdlets, selected as in `dataset(classes:)`, with the marks of some parts flipped, given as indices into
  /// `markedParts`: each picture is painted from the same random draws and differs only in these marks. The labels stay
  /// those of the original birds.
  public func flipped(_ parts: [Int], classes selection: ClassSelection? = nil) throws(DatasetError) -> Dataset {
    var dataset = try dataset(classes: selection)
    dataset.images = FlippedImages(birdlets: self, marks: Self.marks(ofParts: parts))
    return dataset
  }

  /// Whether a class, given by its name in `classNames`, has the mark of a part.
  public func bears(part: Int, className: String) -> Bool {
    marks(ofClass: className).contains(Self.marksOfParts[part])
  }

  /// The class of a bird of `className` after flipping the marks of some parts; nil if there is none, as after a single
  /// flip, since no two classes differ in one mark.
  public func className(flipping parts: [Int], of className: String) -> String? {
    let marks = marks(ofClass: className).symmetricDifference(Self.marks(ofParts: parts))
    return kind.classes.firstIndex(of: marks).map { classNames[$0] }
  }

  private func marks(ofClass name: String) -> Marks {
    guard let index = classNames.firstIndex(of: name) else { preconditionFailure("there are no birdlets \(name)") }
    return kind.classes[index]
  }

  private static func marks(ofParts parts: [Int]) -> Marks {
    parts.reduce(into: []) { $0.formUnion(marksOfParts[$1]) }
  }
}

/// Paints birdlets with some marks flipped, anew for each request.
private struct FlippedImages: ImageSource {
  let birdlets: Birdlets
  let marks: Marks

  func image(of sample: Sample, using decoder: ImageDecoder) -> RGBImage {
    birdlets.picture(sample.number, flipping: marks)
  }

  func verify(_ sample: Sample, using decoder: ImageDecoder) {}

  func version(of dataset: Dataset) -> String { "\(Birdlets.version) flipped \(marks.rawValue)" }

  var reading: String { "" }
}
