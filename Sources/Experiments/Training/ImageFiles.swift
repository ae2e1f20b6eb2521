import Datasets
import Synchronization

/// Image files at any paths, which are the samples' ids; a broken one is replaced by a blank image and remembered.
final class ImageFiles: ImageSource {
  private let files: FolderImages
  private let found = Mutex<[String: BrokenImage]>([:])

  init(_ files: FolderImages) { self.files = files }

  /// The broken image at `path`, if one was found there.
  func broken(at path: String) -> BrokenImage? { found.withLock { $0[path] } }

  func image(of sample: Sample, using decoder: ImageDecoder) throws(DatasetError) -> RGBImage {
    do throws(DatasetError) { return try files.image(of: sample, using: decoder) } catch {
      guard case .brokenImage(let image) = error.asBroken else { throw error }
      found.withLock { $0[sample.id] = image }
      return RGBImage(width: 1, height: 1, colour: .zero)
    }
  }

  func verify(_ sample: Sample, using decoder: ImageDecoder) throws(DatasetError) {
    try files.verify(sample, using: decoder)
  }

  func version(of dataset: Dataset) -> String { "files" }

  var reading: String { files.reading }
}

extension TrainedModel {
  /// Image files at any paths, which are the samples' ids, with rows cut off and images turned as in its training.
  public var imageFiles: FolderImages {
    let reading = recipe.reading
    return FolderImages(
      folder: "", cutOff: dataset.map { reading.rowsCutOff(of: $0.name) } ?? 0, isTurning: reading.isTurning)
  }
}

extension DatasetError {
  /// The same error, as `brokenImage` if the file's bytes are unavailable.
  fileprivate var asBroken: DatasetError {
    switch self {
    case .unreadableImage(let image), .lostImage(let image, _): .brokenImage(image)
    default: self
    }
  }
}
