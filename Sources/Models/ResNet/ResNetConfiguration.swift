/// The architecture of a residual network (He et al. 2016) as torchvision defines it.
public struct ResNetConfiguration: Sendable, Equatable, Codable {
  public enum Block: String, Sendable, CaseIterable, Codable {
    case basic
    case bottleneck

    /// A block's output channels per unit of width.
    public var expansion: Int { self == .basic ? 1 : 4 }
  }

  public let name: String
  public let block: Block
  /// The number of blocks in each stage; the published networks have four stages.
  public let layers: [Int]
  /// The stem's channels; the stages' widths are 1, 2, 4 and 8 times that.
  public let width: Int

  public init(name: String, block: Block, layers: [Int], width: Int = 64) {
    self.name = name
    self.block = block
    self.layers = layers
    self.width = width
  }

  public static let resnet18 = Self(name: "resnet18", block: .basic, layers: [2, 2, 2, 2])
  public static let resnet34 = Self(name: "resnet34", block: .basic, layers: [3, 4, 6, 3])
  public static let resnet50 = Self(name: "resnet50", block: .bottleneck, layers: [3, 4, 6, 3])
  public static let resnet101 = Self(name: "resnet101", block: .bottleneck, layers: [3, 4, 23, 3])
  public static let resnet152 = Self(name: "resnet152", block: .bottleneck, layers: [3, 8, 36, 3])

  /// The configurations that the command line accepts by name.
  public static let all = [resnet18, resnet34, resnet50, resnet101, resnet152]

  /// The channels of the last stage: 512 for basic blocks and 2048 for bottlenecks at the usual width.
  public var featureChannels: Int { (width << (layers.count - 1)) * block.expansion }

  /// Returns the side of the last features, in cells, for images of `pixels` per side: halved, rounding up, by the
  /// stem, its pooling and each stage after the first.
  public func featureSide(of pixels: Int) -> Int { (0...layers.count).reduce(pixels) { side, _ in (side + 1) / 2 } }
}
