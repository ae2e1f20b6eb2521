import Glibc
import Tensors

/// Loads one epoch's batches ahead of their use, in an order that the seed alone decides.
///
/// Threads of its own decode and augment single images; how many there are changes nothing in the batches. The last
/// batch may be smaller. Ending early, by `cancel()` or by letting go of the loader, stops the threads.
public final class Loader {
  /// Half as many as the engine has; none beside a single one, which loads for itself.
  public static var defaultThreads: Int { Threads.count / 2 }

  private let work: LoaderWork
  private let shouldStop: () -> Bool
  private var threads: [pthread_t] = []

  /// - Parameters:
  ///   - batch: images a batch, at least 1.
  ///   - first: the batch to begin with, as many as come before it being left out.
  ///   - picking: the places of the images of a batch that are loaded, for its number and the number of its images: one of several
  ///     processes loads its share, and leaves batches out of which it has none. All of them if not given.
  ///   - shuffle: whether the order is drawn for each epoch; by default only when training.
  ///   - threads: 0 loads on the thread that calls `next()`.
  ///   - lookAhead: batches that may be begun before they are asked for, at least 1.
  ///   - shouldStop: asked by `next()` while it waits; true ends the loading.
  public init(
    _ dataset: Dataset, split: Split, transform: Transform, batch: Int, seed: UInt64, epoch: Int,
    from first: Int = 0, picking: ((_ batch: Int, _ images: Int) -> [Int])? = nil, shuffle: Bool? = nil,
    threads: Int = Loader.defaultThreads, lookAhead: Int = 2,
    shouldStop: @escaping () -> Bool = { false }
  ) {
    precondition(batch > 0 && lookAhead > 0 && threads >= 0, "a loader needs a batch and a look-ahead of at least 1")
    precondition(first >= 0, "there is no batch \(first)")
    var samples = dataset.samples(split)
    if shuffle ?? (split == .train) {
      var generator = SeededGenerator(seed: seed, purpose: "shuffle", epoch)
      samples.shuffle(using: &generator)
    }
    var batches = stride(from: first * batch, to: samples.count, by: batch).map { start in
      Array(samples[start..<min(start + batch, samples.count)])
    }
    if let picking {
      batches = batches.enumerated().map { index, batch in picking(first + index, batch.count).map { batch[$0] } }
      batches.removeAll(where: \.isEmpty)
    }
    work = LoaderWork(
      batches, images: dataset.images, annotations: dataset.annotations, transform: transform, lookAhead: lookAhead,
      seed: seed, epoch: epoch)
    self.shouldStop = shouldStop
    for _ in 0..<threads {
      guard let thread = startThread(work) else { break }
      self.threads.append(thread)
    }
  }

  deinit { cancel() }

  /// The next batch, nil after the last or once `shouldStop` says so; throws for an image that cannot be loaded, and has no
  /// more batches then.
  public func next() throws(DatasetError) -> Batch? {
    do {
      return try work.next(loadingHere: threads.isEmpty, unless: shouldStop)
    } catch {
      cancel()
      throw error
    }
  }

  /// Stops loading and waits until the threads have ended; `next()` returns nil from here on.
  public func cancel() {
    work.cancel()
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }
}

/// A thread that runs `work`; nil if the system gives none.
private func startThread(_ work: LoaderWork) -> pthread_t? {
  var thread = pthread_t()
  let retained = Unmanaged.passRetained(work)
  let status = pthread_create(
    &thread, nil,
    { argument in
      guard let argument else { return nil }
      Unmanaged<LoaderWork>.fromOpaque(argument).takeRetainedValue().runThread()
      return nil
    }, retained.toOpaque())
  guard status == 0 else {
    retained.release()
    return nil
  }
  return thread
}
