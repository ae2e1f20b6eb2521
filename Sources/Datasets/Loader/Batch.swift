import Tensors

/// Images and labels for one step of training or evaluation.
public struct Batch: Sendable {
  /// Normalised images, (N, H, W, 3).
  public let images: Tensor
  /// The class of each image.
  public let labels: [Int]
  /// The samples in the order of the images.
  public let samples: [Sample]
  /// The annotation of each image after cropping, resizing and flipping; nil if there is none.
  public let annotations: [Annotation?]
  /// The time for reading and decoding, summed over the images and all threads.
  public let decodeNanoseconds: UInt64
  /// The time for cropping, resizing, flipping and normalising, likewise summed.
  public let augmentNanoseconds: UInt64
}
