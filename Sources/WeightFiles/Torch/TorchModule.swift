extension TorchFile {
  /// Returns the state dict of a pickled `nn.Module`, as `state_dict()` would; nil for any other value.
  ///
  /// A module of any class is recognised by the attributes that all modules have: `_parameters`, `_buffers`,
  /// `_modules`. `work` is a budget, in approximate bytes, reduced for everything visited and named: a module that
  /// contains itself, or shares its parts at every level, would otherwise take forever.
  func moduleState(
    _ value: PickleValue, work: inout Int
  ) throws(WeightFileError) -> [(key: PickleValue, value: PickleValue)]? {
    guard try attributes(of: value, work: &work)?.isModule == true else { return nil }
    var state: [(key: PickleValue, value: PickleValue)] = []
    var pending = [(prefix: "", module: value)]
    while let (prefix, module) = pending.popLast() {
      guard let module = try attributes(of: module, work: &work), module.isModule else { continue }
      for (name, value) in module.parameters + module.buffers where !module.skippedBuffers.contains(name) {
        if graph.tensor(value) != nil { state.append((.string(try joined(prefix, name, work: &work)), value)) }
      }
      for child in module.children.reversed() {
        pending.append((try joined(prefix, child.name + ".", work: &work), child.value))
      }
    }
    return state
  }

  private func joined(_ prefix: String, _ name: String, work: inout Int) throws(WeightFileError) -> String {
    let length = prefix.utf8.count + name.utf8.count
    work -= length
    guard length <= 1000, work >= 0 else { throw endless }
    return prefix + name
  }

  private struct Attributes {
    var isModule: Bool
    var parameters: [(name: String, value: PickleValue)] = []
    var buffers: [(name: String, value: PickleValue)] = []
    var children: [(name: String, value: PickleValue)] = []
    var skippedBuffers: Set<String> = []
  }

  /// Returns the parts of a module; nil if the value is not an object.
  private func attributes(of value: PickleValue, work: inout Int) throws(WeightFileError) -> Attributes? {
    guard graph.objectName(value) != nil else { return nil }
    var found: [String: PickleValue] = [:]
    for (name, value) in try named(value, work: &work) { found[name] = value }
    guard let parameters = found["_parameters"], let children = found["_modules"] else {
      return Attributes(isModule: false)
    }
    let skipped = found["_non_persistent_buffers_set"].flatMap(graph.sequence) ?? []
    work -= bytesOfPair * skipped.count
    return Attributes(
      isModule: true, parameters: try named(parameters, work: &work),
      buffers: try named(found["_buffers"] ?? .none, work: &work), children: try named(children, work: &work),
      skippedBuffers: Set(skipped.compactMap { if case .string(let name) = $0 { name } else { nil } }))
  }

  /// Returns the members of a dictionary or object that have string keys; none for any other value.
  private func named(
    _ value: PickleValue, work: inout Int
  ) throws(WeightFileError) -> [(name: String, value: PickleValue)] {
    let pairs = graph.pairs(value) ?? []
    work -= bytesOfPair * (1 + pairs.count)
    guard work >= 0 else { throw endless }
    return pairs.compactMap { if case .string(let name) = $0.key { (name, $0.value) } else { nil } }
  }

  private var bytesOfPair: Int { 64 }

  private var endless: WeightFileError {
    .unsupported(
      path: path, place: "the saved module", found: "modules within modules without an end",
      advice: "torch.save(model.state_dict(), ...)")
  }
}
