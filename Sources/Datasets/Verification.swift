import Files
import Glibc
import Synchronization
import Tensors

extension Dataset {
  /// All images that cannot be loaded, train before test.
  public func brokenImages() -> [BrokenImage] { (try? broken { _, _ in true })?.map(\.image) ?? [] }

  /// Returns this dataset if all images can be loaded, and throws `brokenImages` otherwise; `skipBroken` drops the
  /// broken images instead and returns them too.
  ///
  /// Checks all images on the engine's threads. `goOn` is called by one thread at a time with the number of images done
  /// and in total; returning false stops with `interrupted`.
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

  /// Throws `brokenImages` if image files are missing; much faster than reading them.
  public func requireFiles() throws(DatasetError) {
    guard let source = images as? FolderImages else { return }
    let samples = train + test
    let absent = samples.map { source.path($0.id) }.compactMap { path in
      guard !isAccessible(path, R_OK) else { return nil as BrokenImage? }
      return BrokenImage(path: path, reason: errno == ENOENT ? "there is no such file" : systemReason())
    }
    guard absent.isEmpty else { throw .brokenImages(absent, checked: samples.count) }
  }

  /// Returns this dataset if it has test images and each class has training images.
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

/// Runs `body` for every index below `count` on the engine's threads. `goOn` is called with the number done, by one
/// thread at a time; returning false stops with `interrupted`.
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
