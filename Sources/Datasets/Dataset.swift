/// Images with class labels in two splits, ready to be loaded.
public struct Dataset: Sendable {
  /// The name that users type, such as "cub".
  public let name: String
  /// The classes' names; a label is an index into it.
  public let classNames: [String]
  public internal(set) var train: [Sample]
  public internal(set) var test: [Sample]
  /// Where the pixels come from.
  public internal(set) var images: any ImageSource
  /// Where things are in the images, once `annotated()` has read it.
  public internal(set) var annotations: Annotations?
  /// Reads the annotations, nil if there are none; nil for a dataset that never has any.
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

  /// What tells these images and labels from others under the same name: results of two versions are not comparable.
  public var version: String { get throws { try images.version(of: self) } }

  /// One image, loaded on the calling thread.
  public func image(_ sample: Sample) throws(DatasetError) -> RGBImage {
    try images.image(of: sample, using: ImageDecoder())
  }
}

/// The part of a dataset.
public enum Split: String, CaseIterable, Sendable, Codable { case train, test }

/// One labelled image of a dataset.
public struct Sample: Hashable, Sendable, Codable {
  /// The image's relative path: stable over runs and machines.
  public let id: String
  /// The class, counted from 0 among the selected ones.
  public let label: Int
  /// The image's number in the whole dataset, whatever classes are selected; its random streams hang on it.
  public let number: Int

  public init(id: String, label: Int, number: Int) {
    self.id = id
    self.label = label
    self.number = number
  }
}

/// Where a dataset's pixels come from; used from several threads at once.
public protocol ImageSource: Sendable {
  /// The image of a sample; `decoder` belongs to the calling thread.
  func image(of sample: Sample, using decoder: ImageDecoder) throws(DatasetError) -> RGBImage

  /// Throws if the image of a sample could not be loaded; cheaper than loading it.
  func verify(_ sample: Sample, using decoder: ImageDecoder) throws(DatasetError)

  /// What tells the images and labels of `dataset`, which come from here, from others under the same name; takes no more
  /// than a look at each file's size.
  func version(of dataset: Dataset) throws -> String

  /// How the images are read where their version leaves a choice, such as that they are turned; empty where it leaves none.
  var reading: String { get }
}
