/// Images with class labels in two splits, ready to be loaded.
public struct Dataset: Sendable {
  /// The name that users type, such as "cub".
  public let name: String
  /// The class names; a label is an index into them.
  public let classNames: [String]
  public internal(set) var train: [Sample]
  public internal(set) var test: [Sample]
  /// Where the pixels come from.
  public internal(set) var images: any ImageSource
  /// Object positions in the images; nil until `annotated()` has read them.
  public internal(set) var annotations: Annotations?
  /// Reads the annotations, nil if there are none. Nil itself for a dataset that never has any.
  let readAnnotations: (@Sendable () throws(DatasetError) -> Annotations?)?

  public init(
    name: String, classNames: [String], train: [Sample], test: [Sample], images: any ImageSource,
    readAnnotations: (@Sendable () throws(DatasetError) -> Annotations?)? = nil
  ) {
    self.name = name
    self.classNames = classNames
    self.train = train
    self.test = test
    self.images = images
    self.readAnnotations = readAnnotations
  }

  public func samples(_ split: Split) -> [Sample] { split == .train ? train : test }

  /// Identifies these images and labels among others of the same name; results of different versions do not compare.
  public var version: String { get throws { try images.version(of: self) } }

  /// One image, loaded on the calling thread.
  public func image(_ sample: Sample) throws(DatasetError) -> RGBImage {
    try images.image(of: sample, using: ImageDecoder())
  }
}

/// A part of a dataset.
public enum Split: String, CaseIterable, Sendable, Codable { case train, test }

/// One labelled image of a dataset.
public struct Sample: Hashable, Sendable, Codable {
  /// The image's relative path, stable across runs and machines.
  public let id: String
  /// The class, counted from 0 among the selected classes.
  public let label: Int
  /// The image's number in the whole dataset, regardless of the class selection; its random streams depend on it.
  public let number: Int

  public init(id: String, label: Int, number: Int) {
    self.id = id
    self.label = label
    self.number = number
  }
}

/// The source of a dataset's pixels; used from several threads at once.
public protocol ImageSource: Sendable {
  /// The image of a sample; `decoder` belongs to the calling thread.
  func image(of sample: Sample, using decoder: ImageDecoder) throws(DatasetError) -> RGBImage

  /// Throws if the image of a sample cannot be loaded; cheaper than loading it.
  func verify(_ sample: Sample, using decoder: ImageDecoder) throws(DatasetError)

  /// Identifies the images and labels of `dataset`, which come from this source, among others of the same name; at most
  /// looks at each file's size.
  func version(of dataset: Dataset) throws -> String

  /// How the images are read where their version leaves a choice, such as EXIF rotation; empty if it leaves none.
  var reading: String { get }
}
