import Tensors

/// The tensors of a network by the names that its layers give them.
public struct StateDict: Sendable {
  /// The tensors in the order of the file, under their normalised names.
  public var tensors: [StoredTensor] { index.tensors }
  /// What the file holds besides, and why it is not used.
  public let leftOut: [WeightFile.LeftOut]
  /// The prefix that stood before every name and was taken off, if there was one.
  public let removedPrefix: String?
  private let index: TensorIndex

  /// What `DataParallel` puts before every name.
  private static let parallelPrefix = "module."

  init(_ file: WeightFile, ignoring prefixes: [String]) throws(WeightFileError) {
    let prefix = StateDict.parallelPrefix
    let isParallel = !file.tensors.isEmpty && file.tensors.allSatisfy { $0.name.hasPrefix(prefix) }
    var leftOut = file.leftOut
    var tensors: [StoredTensor] = []
    for var tensor in file.tensors {
      if isParallel { tensor.name.removeFirst(prefix.count) }
      if let ignored = prefixes.first(where: tensor.name.hasPrefix) {
        leftOut.append(WeightFile.LeftOut(name: tensor.name, reason: "names that begin with \(ignored) are not needed"))
      } else {
        tensors.append(tensor)
      }
    }
    self.leftOut = leftOut
    removedPrefix = isParallel ? prefix : nil
    index = try TensorIndex(tensors, path: file.path)
  }

  /// The tensor of that name, if there is one.
  public subscript(name: String) -> StoredTensor? { index[name] }

  /// The named tensor as floats, in the stored shape.
  public func tensor(_ name: String) throws(WeightFileError) -> Tensor { try index.require(name).tensor() }

  /// The named tensor's elements as integers; `bool` gives 0 and 1.
  public func integers(_ name: String) throws(WeightFileError) -> [Int64] { try index.require(name).integers() }
}

extension WeightFile {
  /// The state dict without the `module.` of `DataParallel`, and without the names that begin with one of `prefixes`
  /// (such as `map_origin.`, which repeats another layer's weights).
  public func stateDict(ignoring prefixes: [String] = []) throws(WeightFileError) -> StateDict {
    try StateDict(self, ignoring: prefixes)
  }
}
