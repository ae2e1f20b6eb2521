import Synchronization

/// Images that were readable when a run began: a file that cannot be read any more is waited for, as a disk or a server that
/// is gone for a moment must not end days of training.
struct PatientImages: ImageSource {
  let source: any ImageSource
  let patience: Patience
  /// Told of the first image that an outage takes away, once for each outage; from any thread.
  let warn: @Sendable (BrokenImage) -> Void
  private let outage = Outage()

  init(source: any ImageSource, patience: Patience, warn: @escaping @Sendable (BrokenImage) -> Void) {
    self.source = source
    self.patience = patience
    self.warn = warn
  }

  func image(of sample: Sample, using decoder: ImageDecoder) throws(DatasetError) -> RGBImage {
    var wait: Patience.Wait?
    while true {
      do throws(DatasetError) {
        let image = try source.image(of: sample, using: decoder)
        outage.end()
        return image
      } catch {
        guard case .unreadableImage(let image) = error else { throw error }
        if wait == nil {
          let (start, isNew) = outage.begin(at: patience.clock())
          wait = Patience.Wait(patience, since: start)
          if isNew { warn(image) }
        }
        guard wait?.pause(unless: decoder.shouldStop) == true else {
          throw .lostImage(image, seconds: Int((wait?.seconds ?? 0).rounded()))
        }
      }
    }
  }

  func verify(_ sample: Sample, using decoder: ImageDecoder) throws(DatasetError) {
    try source.verify(sample, using: decoder)
  }

  func version(of dataset: Dataset) throws -> String { try source.version(of: dataset) }

  var reading: String { source.reading }
}

/// A time in which no image can be read: all that are asked for meanwhile wait together, and not one after the other.
private final class Outage: Sendable {
  private let start = Mutex<Double?>(nil)

  /// When the outage that is under way began, and whether that is now.
  func begin(at now: Double) -> (start: Double, isNew: Bool) {
    start.withLock { start in
      defer { start = start ?? now }
      return (start ?? now, start == nil)
    }
  }

  func end() { start.withLock { $0 = nil } }
}

extension Dataset {
  /// This dataset, whose image files are waited for when they cannot be read any more, up to a minute each time that none can.
  ///
  /// `warn` is told of the first such file, from any thread. After the wait the loader throws `lostImage`.
  public func waitingForImages(_ warn: @escaping @Sendable (BrokenImage) -> Void) -> Dataset {
    waitingForImages(Patience(), warn)
  }

  func waitingForImages(_ patience: Patience, _ warn: @escaping @Sendable (BrokenImage) -> Void) -> Dataset {
    var waiting = self
    waiting.images = PatientImages(source: images, patience: patience, warn: warn)
    return waiting
  }
}
