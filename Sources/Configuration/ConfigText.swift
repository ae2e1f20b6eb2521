import Yams

/// Options as a file that `ConfigFile` reads back to the same.
public enum ConfigText {
  /// A line for each entry, in their order.
  public static func text(of entries: [ConfigEntry]) -> String {
    let pairs = entries.map { entry in
      let value: Node =
        switch entry.value {
        case .text(let text): scalar(text)
        case .list(let texts): .sequence(.init(texts.map(scalar), .implicit, .flow))
        case .flag(let flag): .scalar(.init("\(flag)"))
        }
      return (Node.scalar(.init(entry.key)), value)
    }
    guard !pairs.isEmpty else { return "{}\n" }
    // Nothing that the emitter may refuse: one tree of texts.
    let node = Node.mapping(.init(pairs, .implicit, .block))
    return (try? serialize(node: node, width: -1, allowUnicode: true)) ?? ""
  }

  /// A text that is read back as one, even if it looks like true, false or nothing.
  private static func scalar(_ text: String) -> Node {
    let plain = Node.scalar(.init(text))
    return plain.plainText == nil ? .scalar(.init(text, .init(.str), .singleQuoted)) : plain
  }
}
