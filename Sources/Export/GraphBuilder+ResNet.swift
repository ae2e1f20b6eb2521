import Models
import ONNXFiles
import Operators

extension GraphBuilder {
  /// A ResNet in evaluation from images (N, 3, H, W) to features (N, C, h, w), cells by `featureSide`.
  mutating func backbone(_ images: ONNXValue, _ configuration: ResNetConfiguration) -> ONNXValue {
    let stem = convolution(images, "features.0", norm: "features.1", kernel: 7, stride: 2, relu: true)
    var features = node(
      "MaxPool", stem,
      attributes: ["kernel_shape": .ints([3, 3]), "strides": .ints([2, 2]), "pads": .ints([1, 1, 1, 1])])
    var channels = configuration.width
    for (stage, count) in configuration.layers.enumerated() {
      let outputs = configuration.width << stage * configuration.block.expansion
      for index in 0..<count {
        features = residualBlock(
          features, "features.\(stage + 4).\(index)", configuration.block, stride: stage > 0 && index == 0 ? 2 : 1,
          isSameSize: channels == outputs)
        channels = outputs
      }
    }
    return features
  }

  private mutating func residualBlock(
    _ x: ONNXValue, _ name: String, _ block: ResNetConfiguration.Block, stride: Int, isSameSize: Bool
  ) -> ONNXValue {
    let layers: [(kernel: Int, stride: Int)] =
      switch block {
      case .basic: [(3, stride), (3, 1)]
      case .bottleneck: [(1, 1), (3, stride), (1, 1)]
      }
    var features = x
    for (index, layer) in layers.enumerated() {
      features = convolution(
        features, "\(name).conv\(index + 1)", norm: "\(name).bn\(index + 1)", kernel: layer.kernel,
        stride: layer.stride, relu: index + 1 < layers.count)
    }
    let shortcut =
      stride == 1 && isSameSize
      ? x
      : convolution(
        x, "\(name).downsample.0", norm: "\(name).downsample.1", kernel: 1, stride: stride, relu: false)
    return node("Relu", node("Add", features, shortcut))
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
