import Glibc
import Tensors

/// Loads one epoch's batches ahead of their use, in an order that depends only on the seed.
///
/// Its own threads decode and augment single images; their number does not affect the batches. The last batch may be
/// smaller. `cancel()` or releasing the loader stops the threads.
public final class Loader {
  /// Half of the engine's threads; 0, to load on the calling thread, if the engine has only one.
  public static var defaultThreads: Int { Threads.count / 2 }

  private let work: LoaderWork
  private let shouldStop: () -> Bool
  private var threads: [pthread_t] = []

  /// - Parameters:
  ///   - batch: the batch size, at least 1.
  ///   - first: the index of the first batch; those before it are skipped.
  ///   - picking: returns the positions of the images to load for a batch's index and size, so that each of several
  ///     processes loads its share; batches without any are skipped. Loads all images by default.
  ///   - shuffle: whether to shuffle the order anew for each epoch; by default only for training.
  ///   - threads: the number of threads; 0 loads on the thread that calls `next()`.
  ///   - lookAhead: how many batches may be started before they are requested, at least 1.
  ///   - shouldStop: called by `next()` while it waits; returning true stops the loading.
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

  /// The next batch; nil after the last or once `shouldStop` returns true. Throws if an image cannot be loaded, and
  /// returns no more batches then.
  public func next() throws(DatasetError) -> Batch? {
    do {
      return try work.next(loadingHere: threads.isEmpty, unless: shouldStop)
    } catch {
      cancel()
      throw error
    }
  }

  /// Stops loading and waits until the threads have ended; `next()` returns nil afterwards.
  public func cancel() {
    work.cancel()
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }
}

/// Starts a thread that runs `work`; nil on failure.
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
