import Yams

/// Options as a file that `ConfigFile` reads back unchanged.
public enum ConfigText {
  /// Returns a line for each entry, in their order.
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
    // The emitter cannot refuse this: one tree of texts.
    let node = Node.mapping(.init(pairs, .implicit, .block))
    return (try? serialize(node: node, width: -1, allowUnicode: true)) ?? ""
  }

  /// Returns a node that is read back as text even if it looks like true, false or null.
  private static func scalar(_ text: String) -> Node {
    let plain = Node.scalar(.init(text))
    return plain.plainText == nil ? .scalar(.init(text, .init(.str), .singleQuoted)) : plain
  }
}
