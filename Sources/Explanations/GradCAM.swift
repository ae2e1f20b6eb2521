import Models
import Tensors

/// Grad-CAM (Selvaraju et al., ICCV 2017) on the head over the unwarped image.
///
/// The features feed a global average pool and a linear layer: a channel's mean gradient is its class weight divided by
/// the number of cells, and the map is the positive part of the classifier's output per cell, without its bias.
public enum GradCAM {
  /// The map of a class for features (1, h, w, C) of one image, (1, h, w, 1), by the definition.
  static func map(_ features: Tensor, weight: Tensor, of label: Int) -> Tensor {
    let (cells, channels) = (features.shape[1] * features.shape[2], features.shape[3])
    let values = (0..<cells).map { cell in
      let sum = (0..<channels).reduce(0.0) {
        $0 + Double(weight[label * channels + $1]) / Double(cells) * Double(features[cell * channels + $1])
      }
      return Float(max(0, sum))
    }
    return Tensor(values, shape: [1, features.shape[1], features.shape[2], 1])
  }

  /// The map of a class on the raw head, for a pass over one image.
  static func map(_ features: Tensor, of label: Int, _ network: S3N) -> Tensor {
    guard let classifier = network.parameters.first(where: { $0.name == "raw_classifier.weight" }) else {
      preconditionFailure("S3N has a raw classifier")
    }
    return map(features, weight: classifier.value, of: label)
  }
}
