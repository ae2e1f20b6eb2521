/// JPEG files in a folder; a sample's id is its path there.
public struct FolderImages: ImageSource {
  public let folder: String

  public init(folder: String) { self.folder = folder }

  func path(_ id: String) -> String { folder + "/" + id }

  public func image(of sample: Sample, using decoder: JPEGDecoder) throws(DatasetError) -> RGBImage {
    try decoder.decode(path: path(sample.id))
  }

  public func verify(_ sample: Sample, using decoder: JPEGDecoder) throws(DatasetError) {
    try decoder.verify(path: path(sample.id))
  }
}
