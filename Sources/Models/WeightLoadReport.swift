import Files
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
  /// Tensors of the file that no model here needs, and why.
  public var ignored: [WeightFile.LeftOut] = []
  /// What the file holds besides its tensors, and tensors that are not read.
  public var leftOut: [WeightFile.LeftOut] = []
  /// Where the tensors stood in their file, and what was taken off their names.
  public var origin = StateDict.Origin()
  /// The file's own names of its tensors, by their released names.
  private let namesInFile: [String: String]
  /// What the file puts before the names of the backbone's tensors, and whether these are torchvision's.
  private var prefixInFile = ""
  private var isTorchvisions = false

  /// Holds names and shapes of the tensors against the places of a model; no element is read.
  public init(of tensors: [StoredTensor], for slots: [StateDictEntry]) {
    let stored = Dictionary(tensors.map { (ModuleState.releasedName($0.name), $0) }) { _, last in last }
    namesInFile = stored.mapValues(\.nameInFile)
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
    if let example = tensors.first(where: { ModuleState.releasedName($0.name).hasPrefix("features.") }) {
      prefixInFile = String(example.nameInFile.dropLast(example.name.count))
      isTorchvisions = ModuleState.releasedName(example.name) != example.name
    }
    let places = Set(slots.map(\.name))
    for tensor in tensors {
      let name = ModuleState.releasedName(tensor.name)
      if name.hasSuffix("num_batches_tracked") || name == "n_averaged" {
        ignored.append(.init(name: name, reason: "a count, which nothing here depends on"))
      } else if !places.contains(name) {
        unused.append(name)
      }
    }
  }
}

extension WeightLoadReport {
  /// The file's own name of a tensor; of one that it does not have, the name that would stand beside its others.
  public func nameInFile(_ name: String) -> String {
    if let own = namesInFile[name] { return own }
    func split(_ name: String) -> (parent: Substring, last: Substring)? {
      name.lastIndex(of: ".").map { (name[...$0], name[name.index(after: $0)...]) }
    }
    guard let (parent, last) = split(name) else { return name }
    for (released, own) in namesInFile {
      if let sibling = split(released), sibling.parent == parent, let (ownParent, _) = split(own) {
        return String(ownParent + last)
      }
    }
    guard name.hasPrefix("features.") else { return name }
    return prefixInFile + (isTorchvisions ? NetworkNames.torchvision(name) : name)
  }

  /// A tensor's name for messages: the released one and, if it is another, the file's own.
  public func fullName(_ name: String) -> String {
    let own = nameInFile(name)
    return printable(own == name ? name : "\(name) (\(own) in the file's names)")
  }
}

extension WeightFile {
  /// The state dict of a network that is known here, without what wrappers put before its names.
  ///
  /// Left out are the names that begin with one of `prefixes`.
  public func networkState(ignoring prefixes: [String] = []) throws(WeightFileError) -> StateDict {
    try stateDict(layers: NetworkNames.layers, ignoring: prefixes)
  }
}
