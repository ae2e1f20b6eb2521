import Models
import ONNXFiles
import Operators

extension GraphBuilder {
  /// A ResNet in evaluation mode from images (N, 3, H, W) to features (N, C, h, w), cells by `featureSide`.
  mutating func backbone(_ images: ONNXValue, _ configuration: ResNetConfiguration) -> ONNXValue {
    let stem = convolution(images, configuration.stem, relu: true)
    var features = node(
      "MaxPool", stem,
      attributes: ["kernel_shape": .ints([3, 3]), "strides": .ints([2, 2]), "pads": .ints([1, 1, 1, 1])])
    for block in configuration.blocks { features = residualBlock(features, block) }
    return features
  }

  private mutating func residualBlock(_ x: ONNXValue, _ layers: ResNetConfiguration.BlockLayers) -> ONNXValue {
    var features = x
    for (index, layer) in layers.branch.enumerated() {
      features = convolution(features, layer, relu: index + 1 < layers.branch.count)
    }
    let shortcut = layers.downsample.map { convolution(x, $0, relu: false) } ?? x
    return node("Relu", node("Add", features, shortcut))
  }

  /// A convolution without bias, its batch norm by running statistics, and an optional ReLU.
  mutating func convolution(_ x: ONNXValue, _ layer: ResNetConfiguration.Layer, relu: Bool) -> ONNXValue {
    let (geometry, norm) = (layer.geometry, layer.norm)
    let y = node(
      "Conv", x, weight(layer.convolution + ".weight"),
      attributes: [
        "kernel_shape": .ints([geometry.kernel, geometry.kernel]),
        "strides": .ints([geometry.stride, geometry.stride]),
        "pads": .ints([Int](repeating: geometry.padding, count: 4)),
      ])
    let normed = node(
      "BatchNormalization", y, weight(norm + ".weight"), weight(norm + ".bias"), weight(norm + ".running_mean"),
      weight(norm + ".running_var"), attributes: ["epsilon": .float(Float(BatchNorm.epsilon))])
    return relu ? node("Relu", normed) : normed
  }

  /// The mean of each channel: (N, C, H, W) to (N, C).
  mutating func pooled(_ features: ONNXValue) -> ONNXValue {
    node("Flatten", node("GlobalAveragePool", features), attributes: ["axis": .int(1)])
  }

  /// A linear head: (N, C) to (N, K).
  mutating func linear(_ x: ONNXValue, _ name: String) -> ONNXValue {
    node("Gemm", x, weight(name + ".weight"), weight(name + ".bias"), attributes: ["transB": .int(1)])
  }
}
