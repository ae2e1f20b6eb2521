import CPretrained
import Models

/// The backbone that the recipe for the embedded dataset starts from; `Scripts/pretrain` reproduces it.
enum EmbeddedBackbone {
  /// Named like a weight file.
  static let name = "birdlets-backbone.safetensors"
  static let configuration = ResNetConfiguration.resnet8Narrow

  /// The contents of a safetensors file.
  static var bytes: [UInt8] {
    let count = Int(s3n_birdlets_backbone_size())
    return Array(UnsafeBufferPointer(start: s3n_birdlets_backbone_start(), count: count))
  }
}
