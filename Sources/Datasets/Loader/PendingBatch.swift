import Tensors

/// A batch whose images are not all loaded yet.
final class PendingBatch {
  private var images: Tensor
  private let floats: UnsafeMutablePointer<Float>
  let samples: [Sample]
  private var annotations: [Annotation?]
  private var nanoseconds: (decode: UInt64, augment: UInt64) = (0, 0)
  private(set) var missing: Int
  /// The failure of the first image in batch order, so that it does not depend on timing.
  private(set) var failure: (position: Int, error: DatasetError)?

  /// Takes samples and the annotations of their whole images.
  init(samples: [Sample], annotations: [Annotation?], size: Int) {
    self.samples = samples
    self.annotations = annotations
    missing = samples.count
    images = Tensor(uninitialized: [samples.count, size, size, 3])
    floats = images.write()
  }

  /// The floats of one image.
  func slot(_ position: Int) -> UnsafeMutableBufferPointer<Float> {
    let count = images.count / samples.count
    return UnsafeMutableBufferPointer(start: floats + position * count, count: count)
  }

  func finish(_ position: Int, _ outcome: Result<LoaderWorker.Loaded, DatasetError>) {
    missing -= 1
    switch outcome {
    case .success(let loaded):
      nanoseconds.decode += loaded.decode
      nanoseconds.augment += loaded.augment
      annotations[position] = annotations[position]?.seen(through: loaded.geometry)
    case .failure(let error):
      if position < failure?.position ?? .max { failure = (position, error) }
    }
  }

  var batch: Batch {
    Batch(
      images: images, labels: samples.map(\.label), samples: samples, annotations: annotations,
      decodeNanoseconds: nanoseconds.decode,
      augmentNanoseconds: nanoseconds.augment)
  }
}
