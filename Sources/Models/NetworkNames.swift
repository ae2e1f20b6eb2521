/// The names of a network's tensors: the released code's, which these models use, and torchvision's.
enum NetworkNames {
  /// The first components of layer names in these models and in torchvision's ResNets.
  static let layers: Set<String> = Set(stages.keys).union([
    "features", "fc", "classifier", "raw_classifier", "con_classifier", "sampler_buffer", "sampler_buffer1",
    "sampler_classifier", "sampler_classifier1", "radius", "radius_inv", "filter", "map_origin",
  ])

  /// torchvision's names of a ResNet's parts and their positions in the released code's `features`.
  private static let stages = [
    "conv1": "0", "bn1": "1", "layer1": "4", "layer2": "5", "layer3": "6", "layer4": "7",
  ]

  /// Converts torchvision's name of a backbone tensor to the released code's (`layer1.0.conv1.weight` to
  /// `features.4.0.conv1.weight`), and that of a split-off backbone (`4.0.conv1.weight`); leaves others unchanged.
  static func released(_ name: String) -> String {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return name }
    if let place = stages[parts[0]] { return "features.\(place).\(parts[1])" }
    return stages.values.contains(parts[0]) ? "features.\(name)" : name
  }

  /// Converts the released code's name of a backbone tensor to torchvision's; leaves others unchanged.
  static func torchvision(_ name: String) -> String {
    let parts = name.split(separator: ".", maxSplits: 2).map(String.init)
    guard parts.count == 3, parts[0] == "features", let stage = stages.first(where: { $0.value == parts[1] }) else {
      return name
    }
    return "\(stage.key).\(parts[2])"
  }
}
