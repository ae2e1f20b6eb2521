import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Datasets

/// A clock that advances only during sleeps, and the events meanwhile.
private final class FakeTime: Sendable {
  private let seconds = Mutex(0.0)
  private let happen: @Sendable (Double) -> Void

  init(_ happen: @escaping @Sendable (_ seconds: Double) -> Void = { _ in }) { self.happen = happen }

  var now: Double { seconds.withLock { $0 } }

  var patience: Patience {
    var patience = Patience()
    patience.clock = { [self] in now }
    patience.sleep = { [self] pause in
      happen(
        seconds.withLock { seconds in
          seconds += pause
          return seconds
        })
    }
    return patience
  }
}

private func withOneImage(_ body: (_ folder: String, _ dataset: Dataset) throws -> Void) throws {
  try withTemporaryFolder { folder in
    try Data(RGBImage(width: 8, height: 8, colour: [1, 2, 3]).jpeg()).write(to: folder.appendingPathComponent("1.jpg"))
    let samples = [Sample(id: "1.jpg", label: 0, number: 1)]
    try body(
      folder.path,
      Dataset(
        name: "one", classNames: ["a"], train: samples, test: samples, images: FolderImages(folder: folder.path)))
  }
}

@Suite struct PatienceTests {
  /// A server that is gone for a while: the file comes back under its name.
  @Test(arguments: [0.05, 3, 59]) func aFileThatComesBackIsWaitedFor(_ seconds: Double) throws {
    try withOneImage { (folder, dataset) throws in
      let (path, away) = (folder + "/1.jpg", folder + "/away")
      let time = FakeTime { if $0 > seconds { rename(away, path) } }
      let warned = Mutex<[BrokenImage]>([])
      let patient = dataset.waitingForImages(time.patience) { image in warned.withLock { $0.append(image) } }
      #expect(rename(path, away) == 0)
      #expect(try patient.image(patient.train[0]).width == 8)
      #expect(warned.withLock { $0 } == [BrokenImage(path: path, reason: "there is no such file")])
      #expect(time.now >= seconds && time.now < seconds + 10.1)
    }
  }

  @Test func afterAMinuteTheFileIsNamed() throws {
    try withOneImage { (folder, dataset) throws in
      let time = FakeTime()
      let patient = dataset.waitingForImages(time.patience) { _ in }
      #expect(unlink(folder + "/1.jpg") == 0)
      let error = #expect(throws: DatasetError.self) { try patient.image(patient.train[0]) }
      #expect(error == .lostImage(BrokenImage(path: folder + "/1.jpg", reason: "there is no such file"), seconds: 60))
      #expect(error?.description.contains("/1.jpg could be read before, but has not been for 60 s") == true)
      #expect(error?.description.contains("skip-broken") == false && abs(time.now - 60) < 0.1)
    }
  }

  /// A missing folder is waited for once, however many images of a batch it holds.
  @Test(arguments: [0, 1, 3]) func anOutageIsWaitedForOnce(_ threads: Int) throws {
    try withTemporaryFolder { (folder) throws in
      let samples = (0..<9).map { Sample(id: "\($0).jpg", label: 0, number: $0 + 1) }
      let images = FolderImages(folder: folder.path)
      let dataset = Dataset(name: "gone", classNames: ["a"], train: samples, test: samples, images: images)
      let time = FakeTime()
      let warned = Mutex(0)
      let patient = dataset.waitingForImages(time.patience) { _ in warned.withLock { $0 += 1 } }
      let loader = Loader(
        patient, split: .test, transform: .resizeCentreCrop(resize: 8, crop: 8), batch: 9, seed: 1, epoch: 0,
        threads: threads)
      let error = #expect(throws: DatasetError.self) { try loader.next() }
      #expect(error?.description.contains("/0.jpg could be read before") == true)
      #expect(warned.withLock { $0 } == 1 && time.now < 65)
      // A successful read ends the outage: the next outage is waited for and reported again.
      try Data(RGBImage(width: 8, height: 8, colour: [1, 2, 3]).jpeg()).write(
        to: folder.appendingPathComponent("1.jpg"))
      _ = try patient.image(samples[1])
      let before = time.now
      #expect(throws: DatasetError.self) { try patient.image(samples[0]) }
      #expect(warned.withLock { $0 } == 2 && time.now - before > 59)
    }
  }

  @Test func damageIsNotWaitedFor() throws {
    try withOneImage { (folder, dataset) throws in
      let time = FakeTime()
      let patient = dataset.waitingForImages(time.patience) { _ in Issue.record("damage does not pass") }
      try Data([1, 2, 3]).write(to: URL(fileURLWithPath: folder + "/1.jpg"))
      let error = #expect(throws: DatasetError.self) { try patient.image(patient.train[0]) }
      #expect(time.now == 0 && error?.description.contains("skip-broken") == false)
    }
  }

  /// A stop takes effect even while the loader's threads are waiting.
  @Test(arguments: [0, 2]) func stoppingEndsTheWait(_ threads: Int) throws {
    try withOneImage { (folder, dataset) throws in
      let time = FakeTime { _ in usleep(1000) }
      #expect(unlink(folder + "/1.jpg") == 0)
      let waiting = Atomic(false)
      let patient = dataset.waitingForImages(time.patience) { _ in waiting.store(true, ordering: .relaxed) }
      let loader = Loader(
        patient, split: .test, transform: .resizeCentreCrop(resize: 8, crop: 8), batch: 1, seed: 1, epoch: 0,
        threads: threads, shouldStop: { waiting.load(ordering: .relaxed) })
      #expect(try loader.next() == nil)
      loader.cancel()
      #expect(time.now < 60)
    }
  }

  @Test func cancellingEndsTheWait() throws {
    try withOneImage { (folder, dataset) throws in
      let time = FakeTime { _ in usleep(1000) }
      #expect(unlink(folder + "/1.jpg") == 0)
      let waiting = Atomic(false)
      let patient = dataset.waitingForImages(time.patience) { _ in waiting.store(true, ordering: .relaxed) }
      let loader = Loader(
        patient, split: .test, transform: .resizeCentreCrop(resize: 8, crop: 8), batch: 1, seed: 1, epoch: 0, threads: 1
      )
      while !waiting.load(ordering: .relaxed) { usleep(1000) }
      loader.cancel()
      #expect(time.now < 60)
    }
  }

  @Test func pausesGrow() {
    let pauses = Mutex<[Double]>([])
    var patience = FakeTime().patience
    let (clock, sleep) = (patience.clock, patience.sleep)
    patience.sleep = { seconds in
      pauses.withLock { $0.append(seconds) }
      sleep(seconds)
    }
    var wait = Patience.Wait(patience)
    var ends: [Double] = []
    while wait.pause(unless: { false }) { ends.append(clock()) }
    #expect(ends.prefix(4).map { ($0 * 10).rounded() } == [1, 3, 7, 15])
    #expect(ends.last.map { abs($0 - 60) < 0.1 } == true)
    // All sleeps are short, so that a stop takes effect soon.
    #expect(pauses.withLock { $0.allSatisfy { $0 <= 0.05 } })
  }
}
