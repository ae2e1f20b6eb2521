import ArgumentParser
import DatasetStore

struct WeightsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the pretrained weights: where each is, how large, and under what terms.")

  @OptionGroup var options: StoreOptions

  func run() throws {
    let store = try options.store()
    let longest = store.lock.weights.map(\.name.count).max() ?? 0
    for item in store.lock.weights {
      let indent = String(repeating: " ", count: longest + 2)
      print(item.name + String(repeating: " ", count: longest + 2 - item.name.count) + "\(item.title), \(item.version)")
      print(indent + state(item, store))
      print(indent + "terms: \(item.terms) (\(item.page))")
    }
    print("Store: \(store.folder)")
  }

  private func state(_ item: LockedItem, _ store: Store) -> String {
    if store.has(item) { return "in the store: \(store.location(of: item))" }
    let size = item.bytes.map(bytesText) ?? "of unknown size"
    return "not in the store, \(size): bench weights fetch \(item.name)"
  }
}
