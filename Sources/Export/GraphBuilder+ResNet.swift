import Models
import ONNXFiles
import Operators

extension GraphBuilder {
  /// A ResNet in evaluation from images (N, 3, H, W) to features (N, C, h, w), cells by `featureSide`.
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

  private mutating func convolution(_ x: ONNXValue, _ layer: ResNetConfiguration.Layer, relu: Bool) -> ONNXValue {
    convolution(
      x, layer.convolution, norm: layer.norm, kernel: layer.geometry.kernel, stride: layer.geometry.stride, relu: relu)
  }

  /// A convolution without bias, the batch norm behind it by its running statistics, and a ReLU where asked for.
  mutating func convolution(
    _ x: ONNXValue, _ name: String, norm: String, kernel: Int, stride: Int, relu: Bool
  ) -> ONNXValue {
    let padding = kernel / 2
    let y = node(
      "Conv", x, weight(name + ".weight"),
      attributes: [
        "kernel_shape": .ints([kernel, kernel]), "strides": .ints([stride, stride]),
        "pads": .ints([padding, padding, padding, padding]),
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
