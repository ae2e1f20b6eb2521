/// What wrappers such as `DataParallel`, `torch.compile`, Lightning or MoCo put before the names of a network's tensors.
///
/// Each name votes for what stands before its first layer, or, without a layer that is known, for the wrappers that it begins
/// with. Most votes win: names without the prefix, such as a counter or another network, keep theirs.
struct NamePrefix {
  /// The prefix with the dot that ends it; nil if most names have none.
  let text: String?

  /// What attributes are called that hold a whole network.
  private static let wrappers: Set<Substring> = [
    "module", "_orig_mod", "model", "net", "network", "backbone", "encoder", "encoder_q", "student", "teacher", "ema",
    "ema_model", "model_ema", "_forward_module", "_fsdp_wrapped_module", "base_model", "online_encoder",
  ]

  /// `layers` are the names with which the layers of the wanted network begin.
  init(of names: [String], layers: Set<String>) {
    var votes: [String: (count: Int, first: Int)] = [:]
    for (position, name) in names.enumerated() {
      let parts = Self.parts(of: name)
      // A network that is kept under a layer's name is none: the features of `features.conv1.weight`.
      let isLayer = parts.map { layers.contains(String($0)) }
      let end =
        isLayer.indices.first { isLayer[$0] && !(isLayer.dropFirst($0 + 1).first ?? false) }
        ?? parts.dropLast().firstIndex { !NamePrefix.wrappers.contains($0) } ?? max(parts.count - 1, 0)
      votes[parts[..<end].map { $0 + "." }.joined(), default: (0, position)].count += 1
    }
    // Of equal counts the shorter prefix, and of equal lengths the one that stands first.
    let winner = votes.max { a, b in
      (a.value.count, -a.key.utf8.count, -a.value.first) < (b.value.count, -b.key.utf8.count, -b.value.first)
    }
    text = winner.flatMap { $0.key.isEmpty ? nil : $0.key }
  }

  /// What lies between dots; of a name of nothing but dots the first ones.
  private static func parts(of name: String) -> [Substring] {
    name.split(separator: ".", maxSplits: 63, omittingEmptySubsequences: false)
  }

  /// The names without the prefix, or without as many of its parts as they share with it.
  ///
  /// A name that another one has already stays whole; nil if that is another's, too.
  func takenOff(_ names: [String]) -> [String?] {
    guard let text else { return names }
    let prefix = Self.parts(of: text).dropLast()
    var taken: Set<String> = []
    for name in names where name.hasPrefix(text) { taken.insert(String(name.dropFirst(text.count))) }
    return names.map { name in
      if name.hasPrefix(text) { return String(name.dropFirst(text.count)) }
      let parts = Self.parts(of: name)
      let shared = zip(parts.dropLast(), prefix).prefix { $0 == $1 }.count
      return [parts[shared...].joined(separator: "."), name].first { taken.insert($0).inserted }
    }
  }
}
