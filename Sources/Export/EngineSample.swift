import Datasets
import Models
import Tensors
import WeightFiles

/// This program's own results for some images, to compare other runtimes with.
public struct EngineSample {
  /// (N, 3, size, size)
  public let images: Tensor
  public let logits: [(name: String, tensor: Tensor)]

  /// Runs the model on the first `count` test images of the embedded dataset, shuffled with seed 0.
  public init(
    _ model: any ImageClassifier, _ graph: ModelGraph, sampling: SamplingRule, images count: Int
  ) throws(DatasetError) {
    let crop = Transform.resizeCentreCrop(resize: graph.size * 75 / 56, crop: graph.size)
    let loader = Loader(
      try Birdlets().dataset(), split: .test, transform: crop, batch: count, seed: 0, epoch: 0, shuffle: true)
    guard let batch = try loader.next() else { preconditionFailure("the embedded dataset has images") }
    let context = PassContext(sampling: sampling, draws: { _, count in [Float](repeating: 0, count: count) })
    let logits = model.predict(batch.images, context)
    images = batch.images.permuted([0, 3, 1, 2])
    self.logits = graph.outputs.compactMap { output in logits[output.head].map { (output.name, $0) } }
  }

  /// Writes `images` and the logits under the names of the graph's input and outputs.
  public func write(to path: String) throws(WeightFileError) {
    try writeSafetensors([("images", images)] + logits, metadata: ["format": "s3n-bench sample 1"], to: path)
  }
}
