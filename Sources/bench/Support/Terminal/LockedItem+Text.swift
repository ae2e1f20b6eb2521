import DatasetStore

extension LockedItem {
  /// The lines below its name in a list: where it is or how to get it, and its terms.
  func details(in store: Store) -> [String] { [whereabouts(store), "terms: \(terms) (\(page))"] }

  /// What a user should know before fetching it.
  var notice: String { "\(title) \(version). Terms: \(terms). Owners: \(page)\nCite: \(citation)" }

  private func whereabouts(_ store: Store) -> String {
    if store.has(self) { return "in the store: \(store.location(of: self))" }
    let size = bytes.map(bytesText) ?? "unknown size"
    return canBeFetched
      ? "not in the store, \(size): \(kind.command) fetch \(name)"
      : "not in the store, no address still works: download \(files.map(\.name).joined(separator: ", ")) "
        + "(\(size)) and import them, or the unpacked folder, with bench data import"
  }
}

/// Prints names in a column, each with its summary next to it and its details below.
func printList(_ entries: [(name: String, summary: String, details: [String])]) {
  let width = (entries.map(\.name.count).max() ?? 0) + 2
  for entry in entries {
    print(entry.name + String(repeating: " ", count: width - entry.name.count) + entry.summary)
    for line in entry.details { print(String(repeating: " ", count: width) + line) }
  }
}
