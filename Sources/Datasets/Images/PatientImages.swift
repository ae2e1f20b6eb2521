import Glibc

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

/// How long a file is waited for, in seconds: pauses that double, until so much time is over.
struct Patience: Sendable {
  var longest = 60.0
  var firstPause = 0.1
  var longestPause = 10.0
  var clock: @Sendable () -> Double = {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  var sleep: @Sendable (_ seconds: Double) -> Void = { usleep(UInt32($0 * 1e6)) }

  /// One wait under way.
  struct Wait {
    private let patience: Patience
    private let start: Double
    private var next: Double
    private(set) var isNew = true

    init(_ patience: Patience) {
      self.patience = patience
      start = patience.clock()
      next = patience.firstPause
    }

    var seconds: Double { patience.clock() - start }

    /// Sleeps for a while; false if there is no time left, or someone wants an end.
    mutating func pause(unless shouldStop: () -> Bool) -> Bool {
      isNew = false
      let end = min(patience.clock() + next, start + patience.longest)
      next = min(2 * next, patience.longestPause)
      guard patience.clock() < start + patience.longest else { return false }
      while patience.clock() < end {
        if shouldStop() { return false }
        patience.sleep(min(0.05, max(0.001, end - patience.clock())))
      }
      return !shouldStop()
    }
  }
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
