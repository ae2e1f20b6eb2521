/// JPEG files in a folder; a sample's id is its path there.
public struct FolderImages: ImageSource {
  public let folder: String
  /// Rows at the bottom of each image that do not belong to it.
  public let cutOff: Int

  public init(folder: String, cutOff: Int = 0) {
    self.folder = folder
    self.cutOff = cutOff
  }

  func path(_ id: String) -> String { folder + "/" + id }

  public func image(of sample: Sample, using decoder: JPEGDecoder) throws(DatasetError) -> RGBImage {
    let image = try decoder.decode(path: path(sample.id))
    guard cutOff > 0 else { return image }
    guard image.height > cutOff else {
      throw .brokenImage(
        .init(path: path(sample.id), reason: "it has \(image.height) rows, expected more than the \(cutOff) cut off"))
    }
    return image.withoutBottom(cutOff)
  }

  public func verify(_ sample: Sample, using decoder: JPEGDecoder) throws(DatasetError) {
    try decoder.verify(path: path(sample.id))
  }
}
