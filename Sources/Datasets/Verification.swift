import Files
import Glibc
import Synchronization
import Tensors

extension Dataset {
  /// Every image that could not be loaded, train before test.
  public func brokenImages() -> [BrokenImage] { (try? broken { _, _ in true })?.map(\.image) ?? [] }

  /// This dataset if all images can be loaded, else throws `brokenImages`; with `skipBroken` the dataset without the
  /// broken ones, which are returned beside it.
  ///
  /// Looks at all images on the engine's threads. `goOn` is told how many of how many are done, by one thread at a time;
  /// false ends the work with `interrupted`.
  public func verified(
    skipBroken: Bool = false, goOn: (_ done: Int, _ count: Int) -> Bool = { _, _ in true }
  ) throws(DatasetError) -> (dataset: Dataset, skipped: [BrokenImage]) {
    let broken = try broken(goOn)
    let images = broken.map(\.image)
    guard broken.isEmpty || skipBroken else { throw .brokenImages(images, checked: train.count + test.count) }
    let dropped = Set(broken.map(\.sample.number))
    var rest = self
    rest.train.removeAll { dropped.contains($0.number) }
    rest.test.removeAll { dropped.contains($0.number) }
    return (try rest.requiringImages(), images)
  }

  /// Throws `brokenImages` if image files are absent; much faster than reading them.
  public func requireFiles() throws(DatasetError) {
    guard let source = images as? FolderImages else { return }
    let samples = train + test
    let absent = samples.map { source.path($0.id) }.compactMap { path in
      guard !isAccessible(path, R_OK) else { return nil as BrokenImage? }
      return BrokenImage(path: path, reason: errno == ENOENT ? "there is no such file" : systemReason())
    }
    guard absent.isEmpty else { throw .brokenImages(absent, checked: samples.count) }
  }

  /// This dataset, if there are test images and every class has images to learn from.
  func requiringImages() throws(DatasetError) -> Dataset {
    let learnable = Set(train.map(\.label))
    let without = classNames.indices.filter { !learnable.contains($0) }.map { classNames[$0] }
    guard without.isEmpty else { throw .emptySplit(dataset: name, split: .train, classes: without) }
    guard !test.isEmpty else { throw .emptySplit(dataset: name, split: .test, classes: classNames) }
    return self
  }

  private func broken(
    _ goOn: (_ done: Int, _ count: Int) -> Bool
  ) throws(DatasetError) -> [(sample: Sample, image: BrokenImage)] {
    let samples = train + test
    let found = Mutex<[Int: BrokenImage]>([:])
    let images = self.images
    let chunk = 16
    try watchedFor((samples.count + chunk - 1) / chunk, goOn: { goOn(min($0 * chunk, samples.count), samples.count) }) {
      part in
      let decoder = ImageDecoder()
      for index in part * chunk..<min(samples.count, (part + 1) * chunk) {
        if let image = samples[index].broken(images, decoder) { found.withLock { $0[index] = image } }
      }
    }
    return found.withLock { $0 }.sorted { $0.key < $1.key }.map { (samples[$0.key], $0.value) }
  }
}

/// Runs `body` for every index below `count` on the engine's threads; `goOn` is told how many are done, by one thread at a
/// time, and ends the work with `interrupted` when it says false.
func watchedFor(_ count: Int, goOn: (_ done: Int) -> Bool, _ body: (Int) -> Void) throws(DatasetError) {
  let state = Mutex((done: 0, isStopped: !goOn(0)))
  parallelFor(count) { index in
    guard !state.withLock({ $0.isStopped }) else { return }
    body(index)
    state.withLock { state in
      state.done += 1
      if !state.isStopped { state.isStopped = !goOn(state.done) }
    }
  }
  if state.withLock({ $0.isStopped && $0.done < count }) { throw .interrupted }
}

extension Sample {
  /// Why the image of this sample cannot be used; nil if it can.
  fileprivate func broken(_ images: any ImageSource, _ decoder: ImageDecoder) -> BrokenImage? {
    if let control = id.unicodeScalars.first(where: \.isControl) {
      return BrokenImage(
        path: id, reason: "its name has a \(visible(control)) in it, which no table can hold; rename it")
    }
    do throws(DatasetError) { try images.verify(self, using: decoder) } catch {
      switch error {
      case .brokenImage(let image), .unreadableImage(let image): return image
      default: return BrokenImage(path: id, reason: "\(error)")
      }
    }
    return nil
  }
}
