/// The name and the shape that a tensor of a model has in a state dict.
public struct StateDictEntry: Sendable, Equatable {
  public let name: String
  public let shape: [Int]

  public init(_ name: String, _ shape: [Int]) {
    self.name = name
    self.shape = shape
  }

  /// The four tensors of a batch norm that say something about images.
  static func norm(_ name: String, _ channels: Int) -> [StateDictEntry] {
    ["weight", "bias", "running_mean", "running_var"].map { StateDictEntry("\(name).\($0)", [channels]) }
  }

  static func convolution(_ name: String, _ outputs: Int, _ inputs: Int, _ kernel: Int) -> StateDictEntry {
    StateDictEntry("\(name).weight", [outputs, inputs, kernel, kernel])
  }

  static func linear(_ name: String, _ inputs: Int, _ classes: Int) -> [StateDictEntry] {
    [StateDictEntry("\(name).weight", [classes, inputs]), StateDictEntry("\(name).bias", [classes])]
  }
}

extension ResNetConfiguration {
  /// What a state dict holds of this backbone under the released code's names, told without building it.
  public var stateDictEntries: [StateDictEntry] {
    ([stem] + blocks.flatMap(\.all)).flatMap { layer in
      let (inputs, outputs) = (layer.geometry.inputChannels, layer.geometry.outputChannels)
      return [.convolution(layer.convolution, outputs, inputs, layer.geometry.kernel)]
        + StateDictEntry.norm(layer.norm, outputs)
    }
  }

  /// The backbone with the linear head of a `ResNetClassifier`.
  public func classifierEntries(classes: Int) -> [StateDictEntry] {
    stateDictEntries + StateDictEntry.linear("classifier", featureChannels, classes)
  }
}

extension S3NConfiguration {
  /// What a state dict holds of this model under the released code's names, told without building it.
  public var stateDictEntries: [StateDictEntry] {
    let channels = backbone.featureChannels
    var slots = backbone.stateDictEntries + StateDictEntry.linear("raw_classifier", channels, classes)
    for branch in branches {
      let suffix = branch.nameSuffix
      slots.append(.convolution("sampler_buffer\(suffix).0", channels, channels, 3))
      slots += StateDictEntry.norm("sampler_buffer\(suffix).1", channels)
      slots += StateDictEntry.linear("sampler_classifier\(suffix)", channels, classes)
    }
    slots += [StateDictEntry("radius.scale", [1]), StateDictEntry("radius_inv.scale", [1])]
    slots.append(StateDictEntry("filter.weight", [1, 1, 61, 61]))
    return slots + StateDictEntry.linear("con_classifier", channels * (1 + branches.count), classes)
  }
}
