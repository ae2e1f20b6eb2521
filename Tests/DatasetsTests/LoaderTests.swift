import Foundation
import Synchronization
import Tensors
import Testing

@testable import Datasets

/// Small single-colour images, some of which may be missing.
private final class ColourImages: ImageSource {
  let broken: Set<Int>
  let loaded = Mutex(0)
  /// Called for each loaded image.
  let watch: @Sendable (Sample) -> Void

  init(broken: Set<Int> = [], watch: @escaping @Sendable (Sample) -> Void = { _ in }) {
    self.broken = broken
    self.watch = watch
  }

  func image(of sample: Sample, using decoder: ImageDecoder) throws(DatasetError) -> RGBImage {
    loaded.withLock { $0 += 1 }
    watch(sample)
    if sample.number % 3 == 0 { usleep(300) }
    guard !broken.contains(sample.number) else {
      throw .brokenImage(BrokenImage(path: sample.id, reason: "made so"))
    }
    let grey = UInt8(sample.number % 256)
    return RGBImage(width: 20, height: 16, colour: [grey, 255 - grey, UInt8(sample.number * 7 % 256)])
  }

  func verify(_ sample: Sample, using decoder: ImageDecoder) throws(DatasetError) {
    _ = try image(of: sample, using: decoder)
  }

  func version(of dataset: Dataset) -> String { "1" }
  var reading: String { "" }
}

private func dataset(_ count: Int, _ images: ColourImages = ColourImages()) -> Dataset {
  func samples(_ range: Range<Int>) -> [Sample] {
    range.map { Sample(id: "image-\($0).jpg", label: $0 % 3, number: $0) }
  }
  return Dataset(
    name: "colours", classNames: ["a", "b", "c"], train: samples(0..<count), test: samples(count..<count + 5),
    images: images)
}

private func batches(
  _ dataset: Dataset, split: Split = .train, batch: Int = 4, seed: UInt64 = 1, epoch: Int = 0, threads: Int,
  lookAhead: Int = 2
) throws -> [Batch] {
  let transform: Transform = split == .train ? .randomResizedCrop(size: 8) : .resizeCentreCrop(resize: 10, crop: 8)
  let loader = Loader(
    dataset, split: split, transform: transform, batch: batch, seed: seed, epoch: epoch, threads: threads,
    lookAhead: lookAhead)
  var batches: [Batch] = []
  while let batch = try loader.next() { batches.append(batch) }
  return batches
}

@Suite struct LoaderTests {
  @Test(arguments: [1, 2, 4, 5], [1, 3]) func threadsChangeNothing(_ threads: Int, _ lookAhead: Int) throws {
    let dataset = dataset(30)
    let expected = try batches(dataset, threads: 0)
    let found = try batches(dataset, threads: threads, lookAhead: lookAhead)
    #expect(found.map(\.samples) == expected.map(\.samples))
    #expect(found.map(\.images.elements) == expected.map(\.images.elements))
  }

  @Test func everyImageComesOnceAndTheLastBatchIsSmaller() throws {
    let all = try batches(dataset(30), threads: 2)
    #expect(all.map(\.labels.count) == [4, 4, 4, 4, 4, 4, 4, 2])
    #expect(all.last?.images.shape == [2, 8, 8, 3])
    #expect(all.flatMap(\.samples).map(\.number).sorted() == Array(0..<30))
    #expect(all.allSatisfy { $0.labels == $0.samples.map(\.label) })
    #expect(all.allSatisfy { $0.decodeNanoseconds > 0 && $0.augmentNanoseconds > 0 })
  }

  @Test func theOrderHangsOnSeedAndEpoch() throws {
    func order(_ seed: UInt64, _ epoch: Int) throws -> [Int] {
      try batches(dataset(30), seed: seed, epoch: epoch, threads: 2).flatMap(\.samples).map(\.number)
    }
    #expect(try order(1, 0) == order(1, 0))
    #expect(try order(1, 0) != order(1, 1))
    #expect(try order(1, 0) != order(2, 0))
    let test = try batches(dataset(30), split: .test, threads: 2)
    #expect(test.flatMap(\.samples).map(\.number) == Array(30..<35))
  }

  /// An image's augmentation depends on its number, not on its position in the order or the selected classes.
  @Test func augmentationFollowsTheImage() throws {
    let birdlets = Birdlets(size: 24, trainPerClass: 2, testPerClass: 1)
    func image(_ classes: String) throws -> [Float] {
      let dataset = try birdlets.dataset(classes: ClassSelection(classes))
      let wanted = try #require(dataset.train.first { $0.id.hasPrefix("004") })
      for batch in try batches(dataset, batch: 3, threads: 1) {
        if let place = batch.samples.firstIndex(of: wanted) {
          return Array(batch.images.elements[place * 8 * 8 * 3..<(place + 1) * 8 * 8 * 3])
        }
      }
      return []
    }
    let (few, many) = try (image("4-6"), image("1-9"))
    #expect(!few.isEmpty && few == many)
  }

  @Test(arguments: [0, 1, 3]) func brokenImagesAreThrownAtTheirBatch(_ threads: Int) throws {
    // The test split has a fixed order; the first of two broken images is named.
    let loader = Loader(
      dataset(30, ColourImages(broken: [32, 33])), split: .test, transform: .resizeCentreCrop(resize: 8, crop: 8),
      batch: 2, seed: 1, epoch: 0, threads: threads)
    #expect(try loader.next() != nil)
    let error = #expect(throws: DatasetError.self) { try loader.next() }
    #expect(error == .brokenImage(BrokenImage(path: "image-32.jpg", reason: "made so")))
    #expect(try loader.next() == nil)
  }

  @Test(arguments: [0, 2]) func aShareOfEachBatchIsThatOfTheWhole(_ threads: Int) throws {
    let whole = try batches(dataset(11), threads: 0)
    let loader = Loader(
      dataset(11), split: .train, transform: .randomResizedCrop(size: 8), batch: 4, seed: 1, epoch: 0,
      picking: { batch, images in batch == 1 ? [] : Array(stride(from: 1, to: images, by: 2)) }, threads: threads)
    var found: [Batch] = []
    while let batch = try loader.next() { found.append(batch) }
    #expect(found.map(\.samples.count) == [2, 1])
    for (share, all) in zip(found, [whole[0], whole[2]]) {
      for (place, sample) in share.samples.enumerated() {
        #expect(sample == all.samples[1 + 2 * place])
        let size = all.images.count / all.samples.count
        let from = (1 + 2 * place) * size
        #expect(
          share.images.elements[place * size..<(place + 1) * size] == all.images.elements[from..<from + size])
      }
    }
  }

  @Test func lookAheadIsBounded() throws {
    let images = ColourImages()
    let loader = Loader(
      dataset(100, images), split: .train, transform: .randomResizedCrop(size: 4), batch: 5, seed: 1, epoch: 0,
      threads: 3, lookAhead: 2)
    _ = try loader.next()
    let end = ContinuousClock.now + .seconds(30)
    while images.loaded.withLock({ $0 }) < 15, .now < end { usleep(1000) }
    usleep(200_000)
    #expect(images.loaded.withLock { $0 } == 15)
  }

  @Test func endingEarlyEndsTheThreads() throws {
    let images = ColourImages()
    weak var work: ColourImages?
    do {
      let data = dataset(500, ColourImages())
      work = data.images as? ColourImages
      let loader = Loader(
        data, split: .train, transform: .randomResizedCrop(size: 4), batch: 5, seed: 1, epoch: 0, threads: 4)
      _ = try loader.next()
    }
    #expect(work == nil, "letting go of the loader frees what its threads held")
    let loader = Loader(
      dataset(500, images), split: .train, transform: .randomResizedCrop(size: 4), batch: 5, seed: 1, epoch: 0,
      threads: 4)
    loader.cancel()
    let loaded = images.loaded.withLock { $0 }
    usleep(50_000)
    #expect(images.loaded.withLock { $0 } == loaded)
    #expect(try loader.next() == nil)
  }

  @Test func anEmptySplitHasNoBatches() throws {
    #expect(try batches(dataset(0), threads: 2).isEmpty)
  }

  /// Caching, however much, does not change the batches, on any number of threads.
  @Test(arguments: [0, 1, 2, 4], [0, 5_000, 1_000_000]) func cachingChangesNothing(_ threads: Int, _ budget: Int) throws
  {
    let images = ColourImages()
    let plain = dataset(30, images)
    let cached = plain.cachingImages(within: budget)
    for epoch in 0..<3 {
      let expected = try batches(plain, epoch: epoch, threads: 0)
      let found = try batches(cached, epoch: epoch, threads: threads)
      #expect(found.map(\.samples) == expected.map(\.samples))
      #expect(found.map(\.images.elements) == expected.map(\.images.elements))
    }
    let cache = try #require(cached.images as? CachedImages)
    // An image has 20 x 16 x 3 bytes.
    #expect(cache.bytes == min(budget / 960, 30) * 960)
    #expect(images.loaded.withLock { $0 } == 90 + 30 + 2 * (30 - cache.bytes / 960))
  }
  /// Four threads fill a cache that is too small: it never exceeds its budget, and cached images are not loaded again.
  @Test(arguments: [0, 959, 960, 10_000, 28_799]) func theCacheNeverExceedsItsBudget(_ budget: Int) throws {
    let most = Mutex(0)
    let cache = Mutex<CachedImages?>(nil)
    let images = ColourImages(watch: { _ in
      let bytes = cache.withLock { $0?.bytes ?? 0 }
      most.withLock { $0 = max($0, bytes) }
    })
    let cached = dataset(30, images).cachingImages(within: budget)
    let source = try #require(cached.images as? CachedImages)
    cache.withLock { $0 = source }
    #expect(cached.cacheBudget == budget)
    for epoch in 0..<3 { _ = try batches(cached, epoch: epoch, threads: 4) }
    #expect(most.withLock { $0 } <= budget && source.bytes == budget / 960 * 960)
  }
}
