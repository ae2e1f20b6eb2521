import Synchronization

/// Caches decoded images in memory on first use until a budget is full; the pixels are unchanged.
///
/// Nothing is evicted: training uses each image once per epoch, so that the next one is always the least recently used.
final class CachedImages: ImageSource {
  let source: any ImageSource
  let budget: Int
  private let kept = Mutex<(images: [Int: RGBImage], bytes: Int)>(([:], 0))

  init(_ source: any ImageSource, budget: Int) {
    self.source = source
    self.budget = budget
  }

  /// The bytes of cached pixels.
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
  /// The maximum size of decoded images kept in memory, in bytes.
  public var cacheBudget: Int { (images as? CachedImages)?.budget ?? 0 }

  /// This dataset, with its decoded images cached in memory up to the given size in bytes.
  public func cachingImages(within bytes: Int) -> Dataset {
    var caching = self
    caching.images = CachedImages(images, budget: bytes)
    return caching
  }
}
