/// The prefix that wrappers (`DataParallel`, `torch.compile`, Lightning, MoCo) put before a network's tensor names.
///
/// Each name votes for the part before its first known layer or, if it has none, for the wrappers that it begins with.
/// The prefix with the most votes wins. Names without it, such as a counter or another network, are kept.
struct NamePrefix {
  /// The prefix including its final dot; nil if most names have none.
  let text: String?

  /// Attribute names under which wrappers hold a whole network.
  private static let wrappers: Set<Substring> = [
    "module", "_orig_mod", "model", "net", "network", "backbone", "encoder", "encoder_q", "student", "teacher", "ema",
    "ema_model", "model_ema", "_forward_module", "_fsdp_wrapped_module", "base_model", "online_encoder",
  ]

  /// `layers` are the names with which the layers of the wanted network begin.
  init(of names: [String], layers: Set<String>) {
    var votes: [String: (count: Int, first: Int)] = [:]
    for (position, name) in names.enumerated() {
      let parts = Self.parts(of: name)
      // A layer name followed by another layer name is a wrapper, such as `features` in `features.conv1.weight`.
      let isLayer = parts.map { layers.contains(String($0)) }
      let end =
        isLayer.indices.first { isLayer[$0] && !(isLayer.dropFirst($0 + 1).first ?? false) }
        ?? parts.dropLast().firstIndex { !NamePrefix.wrappers.contains($0) } ?? max(parts.count - 1, 0)
      votes[parts[..<end].map { $0 + "." }.joined(), default: (0, position)].count += 1
    }
    // Ties go to the shorter prefix, then to the one that comes first.
    let winner = votes.max { a, b in
      (a.value.count, -a.key.utf8.count, -a.value.first) < (b.value.count, -b.key.utf8.count, -b.value.first)
    }
    text = winner.flatMap { $0.key.isEmpty ? nil : $0.key }
  }

  /// Splits a name at its dots, at most 63 times.
  private static func parts(of name: String) -> [Substring] {
    name.split(separator: ".", maxSplits: 63, omittingEmptySubsequences: false)
  }

  /// Returns the names without the prefix, or without those leading parts that they share with it.
  ///
  /// A name whose shortened form is already taken stays whole; it becomes nil if the whole name is taken as well.
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
