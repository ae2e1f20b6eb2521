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
    var slots = [StateDictEntry.convolution("features.0", width, 3, 7)] + StateDictEntry.norm("features.1", width)
    var inputs = width
    for (stage, count) in layers.enumerated() {
      let stageWidth = width << stage
      let outputs = stageWidth * block.expansion
      for index in 0..<count {
        let name = "features.\(stage + 4).\(index)"
        let convolutions: [(outputs: Int, inputs: Int, kernel: Int)] =
          switch block {
          case .basic: [(stageWidth, inputs, 3), (stageWidth, stageWidth, 3)]
          case .bottleneck: [(stageWidth, inputs, 1), (stageWidth, stageWidth, 3), (outputs, stageWidth, 1)]
          }
        for (number, layer) in convolutions.enumerated() {
          slots.append(.convolution("\(name).conv\(number + 1)", layer.outputs, layer.inputs, layer.kernel))
          slots += StateDictEntry.norm("\(name).bn\(number + 1)", layer.outputs)
        }
        if index == 0 && (stage > 0 || inputs != outputs) {
          slots.append(.convolution("\(name).downsample.0", outputs, inputs, 1))
          slots += StateDictEntry.norm("\(name).downsample.1", outputs)
        }
        inputs = outputs
      }
    }
    return slots
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
