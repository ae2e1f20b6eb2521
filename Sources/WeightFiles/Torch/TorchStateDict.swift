extension TorchFile {
  /// The keys under which training scripts keep the state dict beside their own things.
  private static let wrappers = ["model", "state_dict", "model_state_dict", "net"]

  /// The tensors of the state dict, which is the file's object or stands in it, and what else the file holds.
  func stateDict() throws(WeightFileError) -> (tensors: [StoredTensor], leftOut: [WeightFile.LeftOut]) {
    guard let outer = graph.pairs(graph.root) else {
      throw notFound("\(graph.kind(graph.root))")
    }
    let wrapper = TorchFile.wrappers.first { wanted in
      outer.contains { if case .string(wanted) = $0.key { graph.pairs($0.value) != nil } else { false } }
    }
    var tensors: [StoredTensor] = []
    var leftOut: [WeightFile.LeftOut] = []
    var members = outer
    if let wrapper {
      members = []
      for (key, value) in outer {
        if case .string(wrapper) = key {
          members += graph.pairs(value) ?? []
        } else {
          leftOut.append(.init(name: name(key), reason: "\(graph.kind(value)) beside \"\(wrapper)\""))
        }
      }
    }
    for (key, value) in members {
      if case .string(let name) = key, case .tensor(let index) = value, let tensor = graph.tensors[index] {
        tensors.append(try stored(tensor, name: name))
      } else {
        leftOut.append(.init(name: name(key), reason: "\(graph.kind(value)), no tensor"))
      }
    }
    guard !tensors.isEmpty else { throw notFound("a dictionary without tensors") }
    return (tensors, leftOut)
  }

  private func name(_ key: PickleValue) -> String {
    switch key {
    case .string(let name): name
    case .integer(let number): "\(number)"
    default: graph.kind(key)
    }
  }

  private func notFound(_ found: String) -> WeightFileError {
    .unsupported(
      path: path, place: "the saved object, where a state dict or {\"model\": state dict} should be", found: found,
      advice: "torch.save(model.state_dict(), ...)")
  }
}
