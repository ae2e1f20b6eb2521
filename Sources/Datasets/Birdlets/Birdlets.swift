import Synchronization
import Tensors

extension CatalogueEntry {
  /// The embedded dataset, which needs no files.
  static let birdlets = CatalogueEntry(
    name: "birdlets",
    summary: "small painted birds of 16 classes that differ in small parts only; embedded, needs no files",
    lockName: nil, needsFolder: false
  ) { _, classes, _ throws(DatasetError) in
    try Birdlets().dataset(classes: classes)
  }

  /// The embedded backbone's pretraining data.
  static let birdletsPretraining = CatalogueEntry(
    name: "birdlets-pretraining", summary: "16 other classes of painted birds, also larger, to pretrain on; embedded",
    lockName: nil, needsFolder: false
  ) { _, classes, _ throws(DatasetError) in
    try Birdlets.pretraining.dataset(classes: classes)
  }
}

/// Procedural pictures of birds whose classes differ only in crown, eye ring, wing bars, beak and tail.
///
/// Pose, position, size, body colours, background, clutter and light are random and independent of the class, so that a
/// glance at the whole picture helps little and a close look at the right places helps much.
public struct Birdlets: Equatable, Sendable {
  /// The classes, and the birds' sizes in the picture.
  public enum Kind: String, Sendable {
    /// Classes with zero, two or four of the five marks; small birds anywhere.
    case small = "birdlets"
    /// Classes with one, three or all of the marks; larger birds, though sizes overlap.
    case pretraining = "birdlets-pretraining"

    var classes: [Marks] { self == .small ? Marks.ofClasses : Marks.ofOtherClasses }
    var style: BirdScene.Style { self == .small ? .small : .various }
  }

  /// Increases with every change of the pictures or their labels.
  public static let version = "2"

  public let kind: Kind
  /// The seed of all pictures.
  public var seed: UInt64
  /// The pictures' width and height.
  public var size: Int
  public var trainPerClass: Int
  public var testPerClass: Int

  public init(
    _ kind: Kind = .small, seed: UInt64 = 1, size: Int = 192, trainPerClass: Int = 40, testPerClass: Int = 40
  ) {
    precondition(size > 0 && trainPerClass > 0 && testPerClass > 0, "birdlets need a size and pictures of each class")
    self.kind = kind
    (self.seed, self.size, self.trainPerClass, self.testPerClass) = (seed, size, trainPerClass, testPerClass)
  }

  /// The dataset that pretrained the embedded backbone; it shares no class with the default one.
  static let pretraining = Birdlets(.pretraining, seed: 2, trainPerClass: 160, testPerClass: 20)

  /// The names of all classes, numbered like CUB's.
  public var classNames: [String] {
    kind.classes.enumerated().map { index, marks in "\(padded(index + 1, to: 3)).\(marks.className)" }
  }

  /// The dataset of the selected classes; throws `invalidClasses`.
  public func dataset(classes selection: ClassSelection? = nil) throws(DatasetError) -> Dataset {
    let names = classNames
    let selected = try selection?.numbers(of: names.count) ?? Array(1...names.count)
    func samples(_ range: Range<Int>) -> [Sample] {
      selected.enumerated().flatMap { label, number in
        range.map { picture in
          let place = (number - 1) * perClass + picture
          let suffix = padded(picture + 1, to: 4)
          let name = names[number - 1]
          return Sample(id: "\(name)/\(name.dropFirst(4))_\(suffix).jpg", label: label, number: place + 1)
        }
      }
    }
    return Dataset(
      name: kind.rawValue, classNames: selected.map { names[$0 - 1] }, train: samples(0..<trainPerClass),
      test: samples(trainPerClass..<trainPerClass + testPerClass), images: BirdletImages(birdlets: self),
      readAnnotations: { annotations() })
  }

  /// The picture with a number from 1 to the total, with some of the bird's marks `flipped`.
  func picture(_ number: Int, flipping flipped: Marks = []) -> RGBImage {
    var generator = generator(of: number)
    let marks = marks(of: number).symmetricDifference(flipped)
    return BirdletRenderer.render(marks, kind.style, size: size, using: &generator)
  }

  /// The marks of the bird in a picture.
  func marks(of number: Int) -> Marks { kind.classes[(number - 1) / perClass] }

  func generator(of number: Int) -> SeededGenerator {
    SeededGenerator(seed: seed, purpose: kind.rawValue, (number - 1) / perClass, (number - 1) % perClass)
  }

  private var perClass: Int { trainPerClass + testPerClass }
}

/// A number with leading zeros.
private func padded(_ number: Int, to digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// Paints birdlets on first request and caches them up to a memory limit.
private final class BirdletImages: ImageSource {
  private static let keptBytes = 256 << 20

  private let birdlets: Birdlets
  private let painted = Mutex<[Int: RGBImage]>([:])

  init(birdlets: Birdlets) { self.birdlets = birdlets }

  func image(of sample: Sample, using decoder: ImageDecoder) -> RGBImage {
    if let image = painted.withLock({ $0[sample.number] }) { return image }
    let image = birdlets.picture(sample.number)
    painted.withLock { painted in
      if painted.count * image.pixels.count < Self.keptBytes { painted[sample.number] = image }
    }
    return image
  }

  func verify(_ sample: Sample, using decoder: ImageDecoder) {}

  func version(of dataset: Dataset) -> String { Birdlets.version }

  var reading: String { "" }
}
