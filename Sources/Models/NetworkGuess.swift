import WeightFiles

/// The network that a state dict seems to belong to, judging by its tensors' names and shapes.
public struct NetworkGuess: Sendable, Equatable {
  /// The heads on the backbone.
  public enum Heads: Sendable, Equatable {
    case none
    /// One linear layer, with its name in the file.
    case linear(name: String, classes: Int)
    /// S3N's heads, for these sampled passes.
    case s3n(branches: [Branch], classes: Int)
  }

  public let backbone: ResNetConfiguration
  /// The number of the backbone's tensors that the file holds in the right shape.
  public let matching: Int
  /// The number of tensors in the backbone.
  public let expected: Int
  public let heads: Heads

  /// Whether the file holds the whole backbone.
  public var isWhole: Bool { matching == expected }

  /// Picks the candidate that fits best; nil unless more than half of the file's backbone tensors fit one.
  public init?(of tensors: [StoredTensor], among candidates: [ResNetConfiguration]) {
    let shapes = Dictionary(tensors.map { (ModuleState.releasedName($0.name), $0.shape) }) { _, last in last }
    let ofBackbone = shapes.keys.count { $0.hasPrefix("features.") && !$0.hasSuffix("num_batches_tracked") }
    var best: (score: Double, backbone: ResNetConfiguration, matching: Int, expected: Int)?
    for candidate in candidates {
      let slots = candidate.stateDictEntries
      let matching = slots.count { shapes[$0.name] == $0.shape }
      // Dice's coefficient, so that neither a part of a larger network nor a larger network counts as the same.
      let score = 2 * Double(matching) / Double(slots.count + ofBackbone)
      if matching * 2 > ofBackbone, score > best?.score ?? 0 { best = (score, candidate, matching, slots.count) }
    }
    guard let best else { return nil }
    backbone = best.backbone
    matching = best.matching
    expected = best.expected
    heads = Self.heads(shapes, best.backbone)
  }

  private static func heads(_ shapes: [String: [Int]], _ backbone: ResNetConfiguration) -> Heads {
    let possible = 1...1_000_000
    if let joint = shapes["con_classifier.weight"], joint.count == 2, possible.contains(joint[0]) {
      let branches = Branch.allCases.filter { shapes["sampler_classifier\($0.nameSuffix).weight"] != nil }
      return .s3n(branches: branches, classes: joint[0])
    }
    let parts = Dictionary(grouping: shapes.keys) { $0.prefix { $0 != "." } }
    var candidates: [Substring: (name: String, classes: Int)] = [:]
    for (outermost, names) in parts where outermost != "features" {
      for name in names where name.hasSuffix(".weight") {
        guard let shape = shapes[name], shape.count == 2, shape[1] == backbone.featureChannels,
          possible.contains(shape[0])
        else { continue }
        let layer = name.dropLast("weight".count)
        // In a Sequential after a dropout it is the head; next to other layers it is only part of one.
        if names.allSatisfy({ $0.hasPrefix(layer) }) { candidates[outermost] = (String(layer.dropLast()), shape[0]) }
      }
    }
    let head =
      candidates.count == 1
      ? candidates.values.first : ["classifier", "fc", "head"].lazy.compactMap { candidates[$0] }.first
    return head.map { .linear(name: $0.name, classes: $0.classes) } ?? .none
  }

  /// Returns the tensors with a linear head renamed to `classifier`, without others under that name.
  public func namingHead(of tensors: [StoredTensor]) -> [StoredTensor] {
    guard case .linear(let name, _) = heads else { return tensors }
    return tensors.compactMap { tensor in
      if tensor.name.hasPrefix(name + ".") {
        return tensor.renamed("classifier." + tensor.name.dropFirst(name.count + 1))
      }
      return tensor.name.hasPrefix("classifier.") ? nil : tensor
    }
  }

  /// A one-line description.
  public var summary: String {
    let part = isWhole ? "all \(expected) tensors" : "\(matching) of \(expected) tensors"
    return switch heads {
    case .none: "\(backbone.name) (\(part)), no head"
    case .linear(let name, let classes): "\(backbone.name) (\(part)), head \"\(name)\" of \(classes) classes"
    case .s3n(let branches, let classes):
      "S3N on \(backbone.name) (\(part)), \(classes) classes, branches "
        + branches.map(\.rawValue).joined(separator: " and ")
    }
  }
}
