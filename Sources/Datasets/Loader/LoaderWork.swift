import CKernels
import Foundation
import Tensors

/// The shared state of a loader's threads: the next image, and the incomplete batches.
///
/// Sendable because `condition` guards all mutable state, and each image's floats are written by only one thread.
final class LoaderWork: @unchecked Sendable {
  private let batches: [[Sample]]
  private let images: any ImageSource
  private let annotations: Annotations?
  private let transform: Transform
  private let lookAhead: Int
  private let seed: UInt64
  private let epoch: Int

  private let condition = NSCondition()
  /// The next image to claim: its batch and its position in the batch.
  private var claimed = (batch: 0, place: 0)
  private var delivered = 0
  private var cancelled = false
  private var pending: [Int: PendingBatch] = [:]

  /// Every batch must have at least one sample.
  init(
    _ batches: [[Sample]], images: any ImageSource, annotations: Annotations?, transform: Transform, lookAhead: Int,
    seed: UInt64, epoch: Int
  ) {
    self.batches = batches
    self.images = images
    self.annotations = annotations
    self.transform = transform
    self.lookAhead = lookAhead
    self.seed = seed
    self.epoch = epoch
  }

  /// Loads images until there are none left or the loader is cancelled.
  func runThread() {
    s3n_unpin_thread()
    let worker = LoaderWorker { [self] in isCancelled }
    while let (place, target) = claim() { load(place, into: target, worker) }
  }

  /// Waits for the next batch, or loads it on this thread; nil after the last, after a cancel, or if `shouldStop`
  /// returns true, which also cancels.
  func next(loadingHere: Bool, unless shouldStop: @escaping () -> Bool) throws(DatasetError) -> Batch? {
    guard delivered < batches.count else { return nil }
    if loadingHere {
      let worker = LoaderWorker(shouldStop: shouldStop)
      while pending[delivered]?.missing != 0, let (place, target) = claim() { load(place, into: target, worker) }
    }
    condition.lock()
    defer { condition.unlock() }
    while !cancelled, pending[delivered]?.missing != 0 {
      // An image may take a minute; notice a request to stop sooner.
      if !condition.wait(until: Date(timeIntervalSinceNow: 0.1)), shouldStop() { cancelled = true }
    }
    // Giving up at the user's request is not a failure.
    if pending[delivered]?.failure != nil, shouldStop() { cancelled = true }
    guard !cancelled, let complete = pending.removeValue(forKey: delivered) else { return nil }
    delivered += 1
    condition.broadcast()
    if let failure = complete.failure { throw failure.error }
    return complete.batch
  }

  private var isCancelled: Bool {
    condition.lock()
    defer { condition.unlock() }
    return cancelled
  }

  func cancel() {
    condition.lock()
    cancelled = true
    condition.broadcast()
    condition.unlock()
  }

  /// Claims the next image for this thread, given by its position in a batch; nil if there is nothing left to do.
  private func claim() -> (place: Int, target: PendingBatch)? {
    condition.lock()
    defer { condition.unlock() }
    while !cancelled, claimed.batch < batches.count, claimed.batch >= delivered + lookAhead { condition.wait() }
    guard !cancelled, claimed.batch < batches.count else { return nil }
    let (number, place) = claimed
    let members = batches[number]
    claimed = place + 1 < members.count ? (number, place + 1) : (number + 1, 0)
    if let target = pending[number] { return (place, target) }
    let target = PendingBatch(
      samples: members, annotations: members.map { annotations?[$0] }, size: transform.size)
    pending[number] = target
    return (place, target)
  }

  private func load(_ place: Int, into target: PendingBatch, _ worker: LoaderWorker) {
    let sample = target.samples[place]
    let outcome = worker.load(
      sample, from: images, transform, using: SeededGenerator(seed: seed, purpose: "augment", epoch, sample.number),
      into: target.slot(place))
    condition.lock()
    target.finish(place, outcome)
    if target.missing == 0 { condition.broadcast() }
    condition.unlock()
  }
}
