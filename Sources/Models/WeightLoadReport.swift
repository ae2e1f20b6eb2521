import WeightFiles

/// What became of each tensor when weights were loaded into a model, or would become of it.
public struct WeightLoadReport: Sendable, Equatable {
  /// A tensor whose shape in the file is not the model's.
  public struct Misfit: Sendable, Equatable {
    public let name: String
    public let expected: [Int]
    public let found: [Int]
  }

  /// Tensors of the model that the file fills, by state-dict name.
  public var loaded: [String] = []
  /// Tensors of the model that the file does not have: they keep their initial values.
  public var absent: [String] = []
  /// Tensors whose shape in the file is not the model's: they keep their initial values.
  public var wrongShape: [Misfit] = []
  /// Tensors of the file that the model has no place for.
  public var unused: [String] = []
  /// What no model here needs, and why.
  public var ignored: [WeightFile.LeftOut] = []

  /// Holds names and shapes of the tensors against the places of a model; no element is read.
  public init(of tensors: [StoredTensor], for slots: [TensorSlot]) {
    let stored = Dictionary(tensors.map { (ModuleState.releasedName($0.name), $0) }) { _, last in last }
    for slot in slots {
      guard let found = stored[slot.name] else {
        absent.append(slot.name)
        continue
      }
      if found.shape == slot.shape {
        loaded.append(slot.name)
      } else {
        wrongShape.append(Misfit(name: slot.name, expected: slot.shape, found: found.shape))
      }
    }
    let places = Set(slots.map(\.name))
    for tensor in tensors {
      let name = ModuleState.releasedName(tensor.name)
      if name.hasSuffix("num_batches_tracked") {
        ignored.append(.init(name: name, reason: "a count of batches, which nothing here depends on"))
      } else if !places.contains(name) {
        unused.append(name)
      }
    }
  }
}
