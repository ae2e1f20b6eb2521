import DatasetStore
import Foundation

/// The user's consent to something large: asked for on a terminal, elsewhere given by --yes.
struct Consent {
  /// Whether consent was given in advance.
  let isGiven: Bool
  var isTerminal = isatty(STDIN_FILENO) == 1 && StandardError.isTerminal
  var answer: () -> String? = { readLine() }
  var say: (String) -> Void = StandardError.write

  /// Prints what would be fetched, its size and its terms; throws `declined` unless the user agrees.
  func ask(toFetch item: LockedItem, _ store: Store) throws {
    let size = size(of: item, store)
    guard !isGiven else { return say("\(description(of: item, size))\n") }
    let declined = StoreError.declined(kind: item.kind, name: item.name, size: size)
    guard isTerminal else { throw declined }
    guard agrees("\(description(of: item, size))\nFetch it now? [y/N] ") else { throw declined }
  }

  /// Returns whether the user agrees to remove an item.
  func ask(toRemove item: LockedItem, _ store: Store) -> Bool {
    isGiven || isTerminal && agrees("Remove \(item.name) from \(store.folder)? [y/N] ")
  }

  func description(of item: LockedItem, _ size: String) -> String {
    "\(item.title) \(item.version) is not in the store: \(size). Terms: \(item.terms). Owners: \(item.page)"
  }

  private func size(of item: LockedItem, _ store: Store) -> String {
    item.bytes == nil ? "unknown size" : "\(bytesText(store.missing(item))) to fetch into \(store.folder)"
  }

  private func agrees(_ question: String) -> Bool {
    say(question)
    return ["y", "yes"].contains(answer()?.trimmingCharacters(in: .whitespaces).lowercased() ?? "")
  }
}
