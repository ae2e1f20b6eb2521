import Datasets
import Foundation
import Timing

/// Turns image files into a normalised batch on one thread: the same images in each step, with new crops when training.
final class LoaderWorkload: Workload {
  private let phase: Phase
  private let dataset: Dataset
  private let transform: Transform
  private var steps = 0

  /// Reads the first images, by name, of the benchmark's folder, or paints birdlets if there is no folder.
  init(_ benchmark: StageBenchmark) throws {
    phase = benchmark.phase
    transform =
      phase == .train
      ? .randomResizedCrop(size: benchmark.size)
      : .resizeCentreCrop(resize: benchmark.size * 600 / 448, crop: benchmark.size)
    let folder = try benchmark.dataFolder ?? Self.paintedFolder()
    let found = ImageFolder(folder).images
    guard !found.isEmpty else { throw PerformanceError.noImages(folder: folder) }
    let samples = (0..<benchmark.batch).map { Sample(id: found[$0 % found.count], label: 0, number: $0) }
    dataset = Dataset(
      name: "images", classNames: ["any"], train: samples, test: samples, images: FolderImages(folder: folder))
  }

  func work(of stage: Stage) -> Work? { nil }

  func step() throws -> [StageSample] {
    defer { steps += 1 }
    let start = monotonicNanoseconds()
    let loader = Loader(
      dataset, split: phase == .train ? .train : .test, transform: transform, batch: dataset.train.count, seed: 0,
      epoch: steps, shuffle: false, threads: 0)
    guard let batch = try loader.next() else { return [] }
    let whole = monotonicNanoseconds() - start
    let (decode, augment) = (Int(batch.decodeNanoseconds), Int(batch.augmentNanoseconds))
    let times = [
      (Stage.decode, decode), (.augment, augment), (.other, max(0, whole - decode - augment)), (.step, whole),
    ]
    return times.map { StageSample(phase: phase, step: steps, stage: $0.0, durationNanoseconds: $0.1) }
  }

  /// Returns a temporary folder with a few birdlets, the size of a photograph, as JPEG files; paints them only once.
  private static func paintedFolder() throws -> String {
    let folder = NSTemporaryDirectory() + "s3n-bench-birdlets-\(Birdlets.version)-\(getuid())"
    if ImageFolder(folder).images.isEmpty {
      let unfinished = folder + ".\(getpid())"
      try Birdlets(size: 448, trainPerClass: 1, testPerClass: 1).write(to: unfinished)
      // Another process may have painted them in the meantime.
      if rename(unfinished, folder) != 0 { try? FileManager.default.removeItem(atPath: unfinished) }
    }
    return folder
  }
}
