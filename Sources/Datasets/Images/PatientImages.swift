/// Images that were readable when a run began: a file that cannot be read any more is waited for, as a disk or a server that
/// is gone for a moment must not end days of training.
struct PatientImages: ImageSource {
  let source: any ImageSource
  let patience: Patience
  /// Told of an image that is waited for, once each time; from any thread.
  let warn: @Sendable (BrokenImage) -> Void

  func image(of sample: Sample, using decoder: ImageDecoder) throws(DatasetError) -> RGBImage {
    var wait = Patience.Wait(patience)
    while true {
      do throws(DatasetError) { return try source.image(of: sample, using: decoder) } catch {
        guard case .unreadableImage(let image) = error else { throw error }
        if wait.isNew { warn(image) }
        guard wait.pause(unless: decoder.shouldStop) else {
          throw .lostImage(image, seconds: Int(wait.seconds.rounded()))
        }
      }
    }
  }

  func verify(_ sample: Sample, using decoder: ImageDecoder) throws(DatasetError) {
    try source.verify(sample, using: decoder)
  }

  func version(of dataset: Dataset) throws -> String { try source.version(of: dataset) }
}

extension Dataset {
  /// This dataset, whose image files are waited for up to a minute each time that one cannot be read any more.
  ///
  /// `warn` is told of each such file, from any thread. After the wait the loader throws `lostImage`.
  public func waitingForImages(_ warn: @escaping @Sendable (BrokenImage) -> Void) -> Dataset {
    waitingForImages(Patience(), warn)
  }

  func waitingForImages(_ patience: Patience, _ warn: @escaping @Sendable (BrokenImage) -> Void) -> Dataset {
    var waiting = self
    waiting.images = PatientImages(source: images, patience: patience, warn: warn)
    return waiting
  }
}
