import CKernels
import Foundation
import Tensors

/// What the threads of a loader share: which image is next, and the batches that are not complete yet.
///
/// Sendable because `condition` guards all that changes, and each image's floats are written by one thread only.
final class LoaderWork: @unchecked Sendable {
  private let samples: [Sample]
  private let images: any ImageSource
  private let annotations: Annotations?
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
    samples: [Sample], images: any ImageSource, annotations: Annotations?, transform: Transform, batch: Int,
    lookAhead: Int, seed: UInt64, epoch: Int
  ) {
    self.samples = samples
    self.images = images
    self.annotations = annotations
    self.transform = transform
    self.batch = batch
    self.lookAhead = lookAhead
    self.seed = seed
    self.epoch = epoch
  }

  /// Loads images until there are none left or the loader is cancelled.
  func runThread() {
    s3n_unpin_thread()
    let worker = LoaderWorker { [self] in isCancelled }
    while let (position, target) = claim() { load(position, into: target, worker) }
  }

  /// Waits for the next batch, or loads it on this thread; nil after the last, once cancelled, or if `shouldStop` says so
  /// meanwhile, which cancels.
  func next(loadingHere: Bool, unless shouldStop: @escaping () -> Bool) throws(DatasetError) -> Batch? {
    guard delivered * batch < samples.count else { return nil }
    if loadingHere {
      let worker = LoaderWorker(shouldStop: shouldStop)
      while pending[delivered]?.missing != 0, let (position, target) = claim() {
        load(position, into: target, worker)
      }
    }
    condition.lock()
    defer { condition.unlock() }
    while !cancelled, pending[delivered]?.missing != 0 {
      // An image may be waited for a minute: the user is not.
      if !condition.wait(until: Date(timeIntervalSinceNow: 0.1)), shouldStop() { cancelled = true }
    }
    // What was given up for the user's sake is no failure.
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

  /// The image that this thread is to load now, and where it belongs; nil when there is nothing left to do.
  private func claim() -> (position: Int, target: PendingBatch)? {
    condition.lock()
    defer { condition.unlock() }
    while !cancelled, claimed < samples.count, claimed / batch >= delivered + lookAhead { condition.wait() }
    guard !cancelled, claimed < samples.count else { return nil }
    defer { claimed += 1 }
    if let target = pending[claimed / batch] { return (claimed, target) }
    let members = Array(samples[claimed..<min(claimed + batch, samples.count)])
    let target = PendingBatch(
      samples: members, annotations: members.map { annotations?[$0] }, size: transform.size)
    pending[claimed / batch] = target
    return (claimed, target)
  }

  private func load(_ position: Int, into target: PendingBatch, _ worker: LoaderWorker) {
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
