import Synchronization

/// Keeps decoded images in memory, the first that come, as many as fit into a budget; the pixels are the same ones.
///
/// Nothing is thrown out for another image: in training each image is seen once an epoch, so that the one to come next is
/// always the one that was used longest ago.
final class CachedImages: ImageSource {
  let source: any ImageSource
  let budget: Int
  private let kept = Mutex<(images: [Int: RGBImage], bytes: Int)>(([:], 0))

  init(_ source: any ImageSource, budget: Int) {
    self.source = source
    self.budget = budget
  }

  /// The bytes of pixels that are kept.
  var bytes: Int { kept.withLock { $0.bytes } }

  func image(of sample: Sample, using decoder: ImageDecoder) throws(DatasetError) -> RGBImage {
    if let image = kept.withLock({ $0.images[sample.number] }) { return image }
    let image = try source.image(of: sample, using: decoder)
    kept.withLock { kept in
      guard kept.images[sample.number] == nil, kept.bytes + image.pixels.count <= budget else { return }
      kept.images[sample.number] = image
      kept.bytes += image.pixels.count
    }
    return image
  }

  func verify(_ sample: Sample, using decoder: ImageDecoder) throws(DatasetError) {
    try source.verify(sample, using: decoder)
  }

  func version(of dataset: Dataset) throws -> String { try source.version(of: dataset) }

  var reading: String { source.reading }
}

extension Dataset {
  /// The most bytes of decoded images that are kept in memory.
  public var cacheBudget: Int { (images as? CachedImages)?.budget ?? 0 }

  /// This dataset with its images kept decoded in memory, as far as they fit into so many bytes.
  public func cachingImages(within bytes: Int) -> Dataset {
    var caching = self
    caching.images = CachedImages(images, budget: bytes)
    return caching
  }
}
