import Datasets
import Models
import Operators
import Tensors

extension TrainedModel {
  /// A model's answer for one image file.
  public struct Answer: Sendable {
    public let path: String
    /// By head, the one that predicts first: the most likely classes, by descending probability.
    public let heads: [(head: Models.Head, classes: [ClassProbability])]
  }

  /// A class and its softmax probability.
  public struct ClassProbability: Equatable, Sendable {
    /// The class's name, or its number from 0 if the file names no classes.
    public let name: String
    public let probability: Float
  }

  /// Predicts the most likely classes of image files, batch by batch, as `evaluate(on:)` tests images: the same file
  /// gets the same scores, up to rounding if the last batch is smaller, unless peaks are drawn at random, which depends
  /// on an image's number in its dataset.
  ///
  /// A file that cannot be read or decoded is reported and skipped.
  ///
  /// - Parameters:
  ///   - paths: the files, in the order of the answers.
  ///   - top: the most classes to name per head.
  ///   - shouldStop: polled between batches and while waiting for a file; true ends with `ExperimentError.interrupted`.
  ///   - receive: takes the results of a batch in order: an answer, or what is wrong with the file.
  ///
  /// Throws `noPlaces` if the model looks at annotated places, `tooLarge` if a batch would not fit into memory,
  /// `notFinite` if a logit is infinite or NaN, and what `receive` throws.
  public func predict(
    _ paths: [String], top: Int, shouldStop: @escaping () -> Bool = { false },
    receive: ([Result<Answer, BrokenFile>]) throws -> Void
  ) throws {
    guard !cell.variant.needsAnnotations else { throw ExperimentError.noPlaces(path: path, variant: cell.variant.name) }
    try recipe.requireTestMemory(for: cell.variant, classes: classes)
    let names = classNames ?? (0..<classes).map { "\($0)" }
    let files = ImageFiles(imageFiles)
    let samples = paths.enumerated().map { Sample(id: $1, label: 0, number: $0) }
    let loader = Loader(
      Dataset(name: "files", classNames: names, train: [], test: samples, images: files), split: .test,
      transform: recipe.testTransform, batch: recipe.batch, seed: cell.seed, epoch: epoch, shouldStop: shouldStop)
    let sampling = EpochSampling.testing(cell, recipe, epoch: epoch)
    var left = samples.count
    while left > 0 {
      if shouldStop() { throw ExperimentError.interrupted }
      guard let batch = try loader.next() else { throw ExperimentError.interrupted }
      left -= batch.samples.count
      let logits = network.classifier.predict(
        batch.images, sampling.context(batch, batch.labels.indices, clock: nil))
      guard logits.values.allSatisfy({ $0.withUnsafeBufferPointer { $0.allSatisfy(\.isFinite) } }) else {
        throw ExperimentError.notFinite(path: path)
      }
      let scores = network.classifier.heads.compactMap { head in
        logits[head].map { (head, CrossEntropy.forward($0, labels: batch.labels).probabilities) }
      }
      try receive(
        batch.samples.enumerated().map { row, sample in
          if let broken = files.broken(at: sample.id) { return .failure(BrokenFile(image: broken)) }
          return .success(
            Answer(
              path: sample.id,
              heads: scores.map { head, probabilities in
                let first = row * names.count
                let ranked = names.indices.sorted { (a: Int, b: Int) in
                  // The first on a tie, as in `largestInRows`.
                  (probabilities[first + b], a) < (probabilities[first + a], b)
                }
                return (
                  head,
                  ranked.prefix(top).map {
                    ClassProbability(name: names[$0], probability: probabilities[first + $0])
                  }
                )
              }))
        })
    }
  }

  /// An image file that could not be read.
  public struct BrokenFile: Error, Sendable {
    public let image: BrokenImage
  }
}
