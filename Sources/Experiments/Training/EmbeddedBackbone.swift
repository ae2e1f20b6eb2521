import CPretrained
import Models

/// The backbone that the recipe for the embedded dataset starts from; `Scripts/pretrain` makes it again.
enum EmbeddedBackbone {
  /// As a file of weights would be called.
  static let name = "birdlets-backbone.safetensors"
  static let configuration = ResNetConfiguration.resnet8Narrow

  /// A safetensors file.
  static var bytes: [UInt8] {
    let count = Int(s3n_birdlets_backbone_size())
    return Array(UnsafeBufferPointer(start: s3n_birdlets_backbone_start(), count: count))
  }
}
