/// Image files of a user's; a sample's id is the path as it was given.
public struct NamedFiles: ImageSource {
  public init() {}

  public func image(of sample: Sample, using decoder: ImageDecoder) throws(DatasetError) -> RGBImage {
    try decoder.decode(path: sample.id)
  }

  public func verify(_ sample: Sample, using decoder: ImageDecoder) throws(DatasetError) {
    _ = try decoder.verify(sample.id)
  }

  /// Nothing is said of files that no other run will be given.
  public func version(of dataset: Dataset) -> String { "" }
}
