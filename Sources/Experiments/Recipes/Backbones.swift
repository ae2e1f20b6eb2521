import Models

extension ResNetConfiguration {
  /// One block a stage and a quarter of ResNet-18's channels: learns small images from scratch in a minute.
  public static let resnet10Narrow = ResNetConfiguration(
    name: "resnet10-narrow", block: .basic, layers: [1, 1, 1, 1], width: 16)

  /// All backbones that are known by name.
  public static let known = all + [resnet10Narrow]

  /// The backbone of `name`; throws `unknownName`, which lists the known ones.
  public static func named(_ name: String) throws(ExperimentError) -> ResNetConfiguration {
    try Experiments.known("backbone", name, among: known, by: \.name)
  }
}
