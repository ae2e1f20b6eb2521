import Files
import Tensors

/// The tensors of a network under the names that its layers give them.
public struct StateDict: Sendable {
  /// Where in a file the state dict was found, and which prefix was removed from its names.
  public struct Origin: Sendable, Equatable {
    /// The keys under which it was found, joined by dots; nil if it was the saved object itself.
    public var entry: String?
    /// The keys of other state dicts in the file.
    public var otherEntries: [String] = []
    /// The prefix removed from the names; nil if there was none.
    public var prefix: String?

    public init() {}
  }

  /// The tensors in the order of the file, under their normalised names.
  public var tensors: [StoredTensor] { index.tensors }
  /// The other contents of the file, and why they are not used.
  public let leftOut: [WeightFile.LeftOut]
  public let origin: Origin
  private let index: TensorIndex

  init(_ file: WeightFile, layers: Set<String>, ignoring prefixes: [String]) throws(WeightFileError) {
    let prefix = NamePrefix(of: file.tensors.map(\.name), layers: layers)
    var origin = Origin()
    (origin.entry, origin.otherEntries, origin.prefix) = (file.entry, file.otherEntries, prefix.text)
    self.origin = origin
    var leftOut = file.leftOut
    var tensors: [StoredTensor] = []
    for (tensor, name) in zip(file.tensors, prefix.takenOff(file.tensors.map(\.name))) {
      guard let name else {
        let other = (prefix.text ?? "") + tensor.name
        leftOut.append(.init(name: tensor.nameInFile, reason: "\(other) is taken for it"))
        continue
      }
      if let ignored = prefixes.first(where: name.hasPrefix) {
        leftOut.append(.init(name: tensor.nameInFile, reason: "names that begin with \(ignored) are not needed"))
      } else {
        tensors.append(tensor.renamed(name))
      }
    }
    self.leftOut = leftOut
    index = try TensorIndex(tensors, path: file.path)
  }

  /// The tensor of that name; nil if there is none.
  public subscript(name: String) -> StoredTensor? { index[name] }

  /// Returns the named tensor as floats, in the stored shape.
  public func tensor(_ name: String) throws(WeightFileError) -> Tensor { try index.require(name).tensor() }

  /// Returns the named tensor's elements as integers; `bool` gives 0 and 1.
  public func integers(_ name: String) throws(WeightFileError) -> [Int64] { try index.require(name).integers() }
}

extension WeightFile {
  /// Returns the state dict without prefixes from wrappers such as `DataParallel`, and without names that begin with
  /// one of `prefixes` (such as `map_origin.`, which repeats another layer's weights).
  ///
  /// `layers` are the names with which the layers of the wanted network begin.
  public func stateDict(layers: Set<String> = [], ignoring prefixes: [String] = []) throws(WeightFileError) -> StateDict
  {
    try StateDict(self, layers: layers, ignoring: prefixes)
  }
}

extension StateDict.Origin: CustomStringConvertible {
  /// A text such as " from 'model_ema' without the prefix 'module.'"; empty if there is nothing to report.
  public var description: String {
    let others = otherEntries.isEmpty ? "" : " (not \(otherEntries.map { "'\($0)'" }.joined(separator: ", ")))"
    return printable(
      (entry.map { " from '\($0)'" } ?? (others.isEmpty ? "" : " from the file's own tensors")) + others
        + (prefix.map { " without the prefix '\($0)'" } ?? ""))
  }
}
