import CKernels
import Foundation
import Tensors

/// What the threads of a loader share: which image is next, and the batches that are not complete yet.
///
/// Sendable because `condition` guards all that changes, and each image's floats are written by one thread only.
final class LoaderWork: @unchecked Sendable {
  private let samples: [Sample]
  private let images: any ImageSource
  private let transform: Transform
  private let batch: Int
  private let lookAhead: Int
  private let seed: UInt64
  private let epoch: Int

  private let condition = NSCondition()
  private var claimed = 0
  private var delivered = 0
  private var cancelled = false
  private var pending: [Int: PendingBatch] = [:]

  init(
    samples: [Sample], images: any ImageSource, transform: Transform, batch: Int, lookAhead: Int, seed: UInt64,
    epoch: Int
  ) {
    self.samples = samples
    self.images = images
    self.transform = transform
    self.batch = batch
    self.lookAhead = lookAhead
    self.seed = seed
    self.epoch = epoch
  }

  /// Loads images until there are none left or the loader is cancelled.
  func runThread() {
    s3n_unpin_thread()
    let worker = LoaderWorker()
    while let position = claim() { load(position, worker) }
  }

  /// Waits for the next batch, or loads it on this thread; nil after the last or once cancelled.
  func next(loadingHere: Bool) throws(DatasetError) -> Batch? {
    guard delivered * batch < samples.count else { return nil }
    if loadingHere {
      let worker = LoaderWorker()
      while pending[delivered]?.missing != 0, let position = claim() { load(position, worker) }
    }
    condition.lock()
    defer { condition.unlock() }
    while !cancelled, pending[delivered]?.missing != 0 { condition.wait() }
    guard !cancelled, let complete = pending.removeValue(forKey: delivered) else { return nil }
    delivered += 1
    condition.broadcast()
    if let failure = complete.failure { throw failure.error }
    return complete.batch
  }

  func cancel() {
    condition.lock()
    cancelled = true
    condition.broadcast()
    condition.unlock()
  }

  /// The position of an image that this thread is to load now, or nil when there is nothing left to do.
  private func claim() -> Int? {
    condition.lock()
    defer { condition.unlock() }
    while !cancelled, claimed < samples.count, claimed / batch >= delivered + lookAhead { condition.wait() }
    guard !cancelled, claimed < samples.count else { return nil }
    defer { claimed += 1 }
    if claimed % batch == 0 {
      let members = samples[claimed..<min(claimed + batch, samples.count)]
      pending[claimed / batch] = PendingBatch(samples: Array(members), size: transform.size)
    }
    return claimed
  }

  private func load(_ position: Int, _ worker: LoaderWorker) {
    condition.lock()
    let target = pending[position / batch]
    condition.unlock()
    guard let target else { return }
    let sample = samples[position]
    let outcome = worker.load(
      sample, from: images, transform, using: SeededGenerator(seed: seed, purpose: "augment", epoch, sample.number),
      into: target.slot(position % batch))
    condition.lock()
    target.finish(position % batch, outcome)
    if target.missing == 0 { condition.broadcast() }
    condition.unlock()
  }
}

/// What one thread of a loader keeps from image to image.
final class LoaderWorker {
  private let decoder = JPEGDecoder()
  private let resampler = Resampler()

  /// Writes the floats of one image; the nanoseconds that decoding and augmenting took, or what went wrong.
  func load(
    _ sample: Sample, from images: any ImageSource, _ transform: Transform, using generator: consuming SeededGenerator,
    into floats: UnsafeMutableBufferPointer<Float>
  ) -> Result<(decode: UInt64, augment: UInt64), DatasetError> {
    let start = DispatchTime.now().uptimeNanoseconds
    do throws(DatasetError) {
      let image = try images.image(of: sample, using: decoder)
      let decoded = DispatchTime.now().uptimeNanoseconds
      let geometry = transform.geometry(width: image.width, height: image.height, using: &generator)
      resampler.resample(image, geometry, normalized: .imageNet, into: floats)
      return .success((decoded - start, DispatchTime.now().uptimeNanoseconds - decoded))
    } catch {
      return .failure(error)
    }
  }
}

/// A batch of which some images are not loaded yet.
private final class PendingBatch {
  private var images: Tensor
  private let floats: UnsafeMutablePointer<Float>
  private let samples: [Sample]
  private var nanoseconds: (decode: UInt64, augment: UInt64) = (0, 0)
  private(set) var missing: Int
  /// The failure of the first image in the batch's order, so that it does not hang on who was faster.
  private(set) var failure: (position: Int, error: DatasetError)?

  init(samples: [Sample], size: Int) {
    self.samples = samples
    missing = samples.count
    images = Tensor(uninitialized: [samples.count, size, size, 3])
    floats = images.write()
  }

  /// The floats of one image.
  func slot(_ position: Int) -> UnsafeMutableBufferPointer<Float> {
    let count = images.count / samples.count
    return UnsafeMutableBufferPointer(start: floats + position * count, count: count)
  }

  func finish(_ position: Int, _ outcome: Result<(decode: UInt64, augment: UInt64), DatasetError>) {
    missing -= 1
    switch outcome {
    case .success(let taken):
      nanoseconds.decode += taken.decode
      nanoseconds.augment += taken.augment
    case .failure(let error):
      if position < failure?.position ?? .max { failure = (position, error) }
    }
  }

  var batch: Batch {
    Batch(
      images: images, labels: samples.map(\.label), samples: samples, decodeNanoseconds: nanoseconds.decode,
      augmentNanoseconds: nanoseconds.augment)
  }
}
