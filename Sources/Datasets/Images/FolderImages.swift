/// Image files in a folder; a sample's id is its path there, or its full path if `folder` is empty.
public struct FolderImages: ImageSource {
  public let folder: String
  /// The rows at the bottom of each image that do not belong to it.
  public let cutOff: Int
  /// Whether images are rotated as EXIF says.
  public let isTurning: Bool
  /// The paths of images whose names the file system spells differently from their ids.
  var spellings: [String: String] = [:]

  public init(folder: String, cutOff: Int = 0, isTurning: Bool = false) {
    self.folder = folder
    self.cutOff = cutOff
    self.isTurning = isTurning
  }

  func path(_ id: String) -> String { (folder.isEmpty ? "" : folder + "/") + (spellings[id] ?? id) }

  public func image(of sample: Sample, using decoder: ImageDecoder) throws(DatasetError) -> RGBImage {
    let path = path(sample.id)
    let image = try decoder.decode(path, turning: isTurning)
    try requireRows(image.height, path)
    return cutOff > 0 ? image.withoutBottom(cutOff) : image
  }

  public func verify(_ sample: Sample, using decoder: ImageDecoder) throws(DatasetError) {
    let path = path(sample.id)
    try requireRows(decoder.verify(path, turning: isTurning).height, path)
  }

  public var reading: String { "\(cutOff) rows cut off, \(isTurning ? "turned" : "as they lie")" }

  private func requireRows(_ height: Int, _ path: String) throws(DatasetError) {
    guard height > cutOff else {
      throw .brokenImage(
        BrokenImage(path: path, reason: "it has \(height) rows, expected more than the \(cutOff) cut off"))
    }
  }
}
