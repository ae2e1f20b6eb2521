import Files
import WeightFiles

/// What happened, or would happen, to each tensor when loading weights into a model.
public struct WeightLoadReport: Sendable, Equatable {
  /// A tensor whose shape in the file differs from the model's.
  public struct Misfit: Sendable, Equatable {
    public let name: String
    public let expected: [Int]
    public let found: [Int]
  }

  /// The model's tensors that the file provides, by state-dict name.
  public var loaded: [String] = []
  /// The model's tensors that are missing in the file; they keep their initial values.
  public var absent: [String] = []
  /// Tensors whose shape in the file differs from the model's; they keep their initial values.
  public var wrongShape: [Misfit] = []
  /// Tensors of the file that the model does not have.
  public var unused: [String] = []
  /// Tensors of the file that no model needs, and why.
  public var ignored: [WeightFile.LeftOut] = []
  /// Other contents of the file, and tensors that are not read.
  public var leftOut: [WeightFile.LeftOut] = []
  /// Where the file held the tensors, and what was stripped from their names.
  public var origin = StateDict.Origin()
  /// The names of the tensors in the file, by their released names.
  private let namesInFile: [String: String]
  /// The prefix of the backbone's tensors in the file, and whether their names are torchvision's.
  private var prefixInFile = ""
  private var isTorchvisions = false

  /// Compares the tensors' names and shapes with a model's slots; reads no elements.
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
  /// Returns a tensor's name in the file; if it is missing there, the name that would match the file's others.
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

  /// Returns a tensor's name for messages: the released one and, if different, the one in the file.
  public func fullName(_ name: String) -> String {
    let own = nameInFile(name)
    return printable(own == name ? name : "\(name) (\(own) in the file's names)")
  }
}

extension WeightFile {
  /// Returns the state dict of a known network, without the prefixes that wrappers add to its names.
  ///
  /// Names that begin with one of `prefixes` are left out.
  public func networkState(ignoring prefixes: [String] = []) throws(WeightFileError) -> StateDict {
    try stateDict(layers: NetworkNames.layers, ignoring: prefixes)
  }
}
