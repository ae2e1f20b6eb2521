import Layers
import Operators

// The single description of a ResNet's layers, from which its model, state dict, graph and work are derived.

extension ResNetConfiguration {
  /// A convolution without bias and the batch norm after it, with their names in the released code's state dicts.
  public struct Layer: Sendable, Equatable {
    public let convolution: String
    public let norm: String
    public let geometry: Conv2DGeometry
  }

  /// A residual block's convolutions: its branch's in order, and its shortcut's if the shapes differ.
  public struct BlockLayers: Sendable, Equatable {
    public let branch: [Layer]
    public let downsample: Layer?

    /// Creates two 3x3 convolutions (basic) or 1x1, 3x3, 1x1 (bottleneck, with the stride on the 3x3).
    init(_ block: Block, inputs: Int, width: Int, stride: Int, name: String) {
      func geometry(_ kernel: Int, _ inputs: Int, _ outputs: Int, _ stride: Int) -> Conv2DGeometry {
        Conv2DGeometry(
          inputChannels: inputs, outputChannels: outputs, kernel: kernel, stride: stride, padding: kernel / 2)
      }
      let outputs = width * block.expansion
      let geometries =
        switch block {
        case .basic: [geometry(3, inputs, width, stride), geometry(3, width, width, 1)]
        case .bottleneck:
          [geometry(1, inputs, width, 1), geometry(3, width, width, stride), geometry(1, width, outputs, 1)]
        }
      branch = geometries.enumerated().map { index, geometry in
        Layer(convolution: "\(name).conv\(index + 1)", norm: "\(name).bn\(index + 1)", geometry: geometry)
      }
      downsample =
        stride == 1 && inputs == outputs
        ? nil
        : Layer(
          convolution: "\(name).downsample.0", norm: "\(name).downsample.1",
          geometry: geometry(1, inputs, outputs, stride))
    }

    /// The number of channels of the block's output.
    public var outputChannels: Int { branch[branch.count - 1].geometry.outputChannels }

    /// All layers, in state-dict order.
    public var all: [Layer] { branch + (downsample.map { [$0] } ?? []) }
  }

  /// The 7x7 convolution of stride 2 on the images.
  public var stem: Layer {
    Layer(
      convolution: "features.0", norm: "features.1",
      geometry: Conv2DGeometry(inputChannels: 3, outputChannels: width, kernel: 7, stride: 2, padding: 3))
  }

  /// The blocks of all stages, in forward order.
  public var blocks: [BlockLayers] {
    var channels = width
    return layers.enumerated().flatMap { stage, count in
      (0..<count).map { index in
        defer { channels = (width << stage) * block.expansion }
        return BlockLayers(
          block, inputs: channels, width: width << stage, stride: stage > 0 && index == 0 ? 2 : 1,
          name: "features.\(stage + 4).\(index)")
      }
    }
  }
}

extension ResNetConfiguration {
  /// Returns the 3x3 convolution of stride 2 that a branch of S3N applies to the last features.
  public func buffer(of branch: Branch) -> Layer {
    let name = "sampler_buffer\(branch.nameSuffix)"
    return Layer(
      convolution: "\(name).0", norm: "\(name).1",
      geometry: Conv2DGeometry(
        inputChannels: featureChannels, outputChannels: featureChannels, kernel: 3, stride: 2, padding: 1))
  }
}

extension ConvNorm {
  convenience init(_ layer: ResNetConfiguration.Layer, start: Start = .heNormal, by initial: Initialization) {
    self.init(layer.geometry, conv: layer.convolution, norm: layer.norm, start: start, by: initial)
  }
}
