import Models

extension ResNetConfiguration {
  /// Three stages of one block each and a quarter of ResNet-18's channels: 6 x 6 feature cells at 96 pixels, so that
  /// its response maps can tell places apart.
  public static let resnet8Narrow = ResNetConfiguration(
    name: "resnet8-narrow", block: .basic, layers: [1, 1, 1], width: 16)

  /// All backbones that are known by name.
  public static let known = all + [resnet8Narrow]

  /// The backbone of `name`; throws `unknownName`, which lists the known ones.
  public static func named(_ name: String) throws(ExperimentError) -> ResNetConfiguration {
    try Experiments.known("backbone", name, among: known, by: \.name)
  }
}
