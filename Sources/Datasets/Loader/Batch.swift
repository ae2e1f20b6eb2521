import Tensors

/// Images and labels for one step of training or evaluation.
public struct Batch: Sendable {
  /// Normalised images, (N, H, W, 3).
  public let images: Tensor
  /// The class of each image.
  public let labels: [Int]
  /// The samples in the order of the images.
  public let samples: [Sample]
  /// Where things are in each image as it was cropped, resized and flipped; nil where it is not known.
  public let annotations: [Annotation?]
  /// The time that reading and decoding took, summed over the images, whatever thread did it.
  public let decodeNanoseconds: UInt64
  /// The time that cropping, resizing, flipping and normalising took, likewise.
  public let augmentNanoseconds: UInt64
}
