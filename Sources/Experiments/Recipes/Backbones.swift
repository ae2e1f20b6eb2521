import Models

extension ResNetConfiguration {
  /// One block a stage and half the channels of ResNet-18: learns small images from scratch in minutes.
  public static let resnet10Narrow = ResNetConfiguration(
    name: "resnet10-narrow", block: .basic, layers: [1, 1, 1, 1], width: 32)

  /// All backbones that are known by name.
  public static let known =
    all + [resnet10Narrow]
    + [8, 12, 16, 24].map { ResNetConfiguration(name: "w\($0)", block: .basic, layers: [1, 1, 1, 1], width: $0) }

  /// The backbone of `name`; throws `unknownName`, which lists the known ones.
  public static func named(_ name: String) throws(ExperimentError) -> ResNetConfiguration {
    try Experiments.known("backbone", name, among: known, by: \.name)
  }
}
