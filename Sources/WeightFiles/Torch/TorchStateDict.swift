extension TorchFile {
  /// A dictionary of tensors within the saved object, or the state of a pickled module.
  struct Entry {
    /// The keys that lead to it; empty for the saved object itself.
    let keys: [String]
    let members: [(key: PickleValue, value: PickleValue)]
    let tensorCount: Int

    /// The keys joined by dots; nil for the saved object itself.
    var name: String? { keys.isEmpty ? nil : keys.joined(separator: ".") }

    /// The position of the last key in `wrappers`; lower ranks are preferred.
    fileprivate var rank: Int { keys.last.flatMap(TorchFile.wrappers.firstIndex) ?? TorchFile.wrappers.count }
  }

  /// The state dict of a file, and the other contents of the file.
  struct Contents {
    var tensors: [StoredTensor] = []
    var leftOut: [WeightFile.LeftOut] = []
    /// The keys under which the state dict was found, joined by dots; nil for the saved object itself.
    let entry: String?
    /// The keys of other state dicts in the file.
    let otherEntries: [String]
  }

  /// The usual keys of state dicts in training checkpoints; trained weights come before averaged ones.
  fileprivate static let wrappers = [
    "model", "state_dict", "model_state_dict", "model_state", "net", "network", "net_state_dict", "params", "weights",
    "module", "backbone", "encoder", "teacher", "student", "model_ema", "state_dict_ema", "ema_state_dict",
    "params_ema", "ema", "ema_model", "shadow",
  ]

  /// Returns the state dict under the keys `wanted`, or the most likely one if nil.
  func stateDict(_ wanted: String? = nil) throws(WeightFileError) -> Contents {
    let entries = try self.entries()
    // An optimiser's momenta are dictionaries of tensors as well, but small ones.
    let largest = entries.map(\.tensorCount).max() ?? 0
    let eligible = entries.filter { $0.tensorCount * 2 >= largest }
    let found = eligible.min { ($0.rank, -$0.tensorCount, $0.keys.count) < ($1.rank, -$1.tensorCount, $1.keys.count) }
    guard let found else { throw notFound() }
    let chosen = wanted.flatMap { name in entries.first { $0.name == name } } ?? found
    if let wanted, chosen.name != wanted {
      throw .noSuchEntry(path: path, name: wanted, known: eligible.compactMap(\.name))
    }
    var contents = Contents(
      entry: chosen.name, otherEntries: eligible.filter { $0.keys != chosen.keys }.compactMap(\.name))
    contents.leftOut = siblings(of: chosen.keys, among: eligible)
    for (key, value) in chosen.members {
      if case .string(let name) = key, let tensor = graph.tensor(value) {
        contents.tensors.append(try stored(tensor, name: name))
      } else {
        contents.leftOut.append(.init(name: name(key), reason: graph.kind(value)))
      }
    }
    return contents
  }

  /// Returns all dictionaries of tensors, at most three keys deep, outermost first.
  private func entries() throws(WeightFileError) -> [Entry] {
    var entries: [Entry] = []
    var seen: Set<Int> = []
    var work = 1 << 26
    var level: [(keys: [String], value: PickleValue)] = [([], graph.root)]
    for depth in 0...3 {
      var next: [(keys: [String], value: PickleValue)] = []
      for (keys, value) in level {
        guard case .container(let index) = value, seen.insert(index).inserted else { continue }
        let state = try moduleState(value, work: &work)
        let members = state ?? graph.pairs(value) ?? []
        let count = members.count { member in
          if case .string = member.key { graph.tensor(member.value) != nil } else { false }
        }
        if count > 0 { entries.append(Entry(keys: keys, members: members, tensorCount: count)) }
        guard state == nil, depth < 3 else { continue }
        for case (.string(let key), let value) in members where graph.isKeyed(value) {
          next.append((keys + [key], value))
        }
      }
      level = next
    }
    return entries
  }

  /// Returns the values next to the keys that lead to a state dict.
  private func siblings(of keys: [String], among entries: [Entry]) -> [WeightFile.LeftOut] {
    // A key may occur twice in a pickle; the last one counts, as in Python.
    let counts = Dictionary(entries.map { ($0.keys, $0.tensorCount) }) { _, last in last }
    var leftOut: [WeightFile.LeftOut] = []
    var value = graph.root
    for (depth, key) in keys.enumerated() {
      let outer = Array(keys.prefix(depth))
      var inner = PickleValue.none
      for (otherKey, other) in graph.pairs(value) ?? [] {
        if case .string(key) = otherKey {
          inner = other
          continue
        }
        let path = outer + [name(otherKey)]
        let kind = counts[path].map { "a state dict of \($0) tensors" } ?? graph.kind(other)
        leftOut.append(.init(name: path.joined(separator: "."), reason: kind))
      }
      value = inner
    }
    return leftOut
  }

  private func name(_ key: PickleValue) -> String {
    switch key {
    case .string(let name): name
    case .integer(let number): "\(number)"
    default: graph.kind(key)
    }
  }

  private func notFound() -> WeightFileError {
    let kind = graph.kind(graph.root)
    let found = kind == "a dictionary" ? "a dictionary without tensors" : kind
    return .unsupported(
      path: path, place: "the saved object, where a state dict or {\"model\": state dict} should be", found: found,
      advice: "torch.save(model.state_dict(), ...)")
  }
}
