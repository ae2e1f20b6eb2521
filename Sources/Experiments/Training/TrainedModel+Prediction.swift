import Datasets
import Models
import Operators
import Tensors

extension TrainedModel {
  /// What a model says of one image file.
  public struct Answer: Sendable {
    public let path: String
    /// By head, the one that predicts first: the likeliest classes, by falling probability.
    public let heads: [(head: Models.Head, classes: [ClassProbability])]
  }

  /// A class and its softmax probability.
  public struct ClassProbability: Equatable, Sendable {
    /// The class's name; its number, from 0, for a file that names none.
    public let name: String
    public let probability: Float
  }

  /// The likeliest classes of image files, batch by batch, as `evaluate(on:)` tests images: for the same file the same scores, to
  /// rounding where the last batch is smaller, unless peaks are drawn by chance, which goes by an image's number in its dataset.
  ///
  /// A file that cannot be read or decoded is passed over.
  ///
  /// - Parameters:
  ///   - paths: the files, in the order of the answers.
  ///   - top: the most classes that are named of each head.
  ///   - shouldStop: asked between batches and while a file is waited for; true ends with `ExperimentError.interrupted`.
  ///   - receive: takes what a batch came to, in order: an answer, or what is wrong with the file.
  ///
  /// Throws `noPlaces` for a model that looks at annotated places, `tooLarge` if a batch would not fit into memory, `notFinite` if
  /// a logit is infinite or no number, and what `receive` throws.
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
                  // The first of equals, as `largestInRows` has it.
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
