import Synchronization

/// Images that were readable when a run began: waits for files that become unreadable, so that a brief outage of a disk
/// or server does not end days of training.
struct PatientImages: ImageSource {
  let source: any ImageSource
  let patience: Patience
  /// Called with the first unreadable image of each outage, from any thread.
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

/// A period in which no image can be read: all requests during it share one wait instead of waiting in turn.
private final class Outage: Sendable {
  private let start = Mutex<Double?>(nil)

  /// When the current outage began, and whether it begins now.
  func begin(at now: Double) -> (start: Double, isNew: Bool) {
    start.withLock { start in
      defer { start = start ?? now }
      return (start ?? now, start == nil)
    }
  }

  func end() { start.withLock { $0 = nil } }
}

extension Dataset {
  /// This dataset, waiting for image files that become unreadable, for up to a minute per outage.
  ///
  /// `warn` is called with the first such file, from any thread. After the wait the loader throws `lostImage`.
  public func waitingForImages(_ warn: @escaping @Sendable (BrokenImage) -> Void) -> Dataset {
    waitingForImages(Patience(), warn)
  }

  func waitingForImages(_ patience: Patience, _ warn: @escaping @Sendable (BrokenImage) -> Void) -> Dataset {
    var waiting = self
    waiting.images = PatientImages(source: images, patience: patience, warn: warn)
    return waiting
  }
}
