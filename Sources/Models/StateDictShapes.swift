/// The name and shape of a model's tensor in a state dict.
public struct StateDictEntry: Sendable, Equatable {
  public let name: String
  public let shape: [Int]

  public init(_ name: String, _ shape: [Int]) {
    self.name = name
    self.shape = shape
  }

  /// A convolution's weights and its batch norm's tensors, except `num_batches_tracked`.
  static func layer(_ layer: ResNetConfiguration.Layer) -> [StateDictEntry] {
    let (geometry, outputs) = (layer.geometry, layer.geometry.outputChannels)
    let weight = [outputs, geometry.inputChannels, geometry.kernel, geometry.kernel]
    return [StateDictEntry("\(layer.convolution).weight", weight)]
      + ["weight", "bias", "running_mean", "running_var"].map { StateDictEntry("\(layer.norm).\($0)", [outputs]) }
  }

  static func linear(_ name: String, _ inputs: Int, _ classes: Int) -> [StateDictEntry] {
    [StateDictEntry("\(name).weight", [classes, inputs]), StateDictEntry("\(name).bias", [classes])]
  }
}

extension ResNetConfiguration {
  /// The backbone's entries in a state dict with the released code's names, listed without building it.
  public var stateDictEntries: [StateDictEntry] {
    ([stem] + blocks.flatMap(\.all)).flatMap(StateDictEntry.layer)
  }

  /// Returns the entries of the backbone and the linear head of a `ResNetClassifier`.
  public func classifierEntries(classes: Int) -> [StateDictEntry] {
    stateDictEntries + StateDictEntry.linear("classifier", featureChannels, classes)
  }
}

extension S3NConfiguration {
  /// The model's entries in a state dict with the released code's names, listed without building it.
  public var stateDictEntries: [StateDictEntry] {
    let channels = backbone.featureChannels
    var slots = backbone.stateDictEntries + StateDictEntry.linear("raw_classifier", channels, classes)
    for branch in branches {
      slots += StateDictEntry.layer(backbone.buffer(of: branch))
      slots += StateDictEntry.linear("sampler_classifier\(branch.nameSuffix)", channels, classes)
    }
    slots += [StateDictEntry("radius.scale", [1]), StateDictEntry("radius_inv.scale", [1])]
    slots.append(StateDictEntry("filter.weight", [1, 1, 61, 61]))
    return slots + StateDictEntry.linear("con_classifier", channels * (1 + branches.count), classes)
  }
}
