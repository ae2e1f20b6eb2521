import ArgumentParser
import DatasetStore
import Datasets

struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the datasets: where each is, how large, and under what terms.")

  @OptionGroup var options: StoreOptions

  func run() throws {
    let store = try options.store()
    let longest = Dataset.all.map(\.name.count).max() ?? 0
    let indent = String(repeating: " ", count: longest + 2)
    var told: Set<String> = []
    for entry in Dataset.all {
      print(entry.name + String(repeating: " ", count: longest + 2 - entry.name.count) + entry.summary)
      guard let name = entry.lockName, told.insert(name).inserted,
        let item = store.lock.datasets.first(where: { $0.name == name })
      else { continue }
      print(indent + state(item, store))
      print(indent + "terms: \(item.terms) (\(item.page))")
    }
    print("Store: \(store.folder)")
  }

  private func state(_ item: LockedItem, _ store: Store) -> String {
    if store.has(item) { return "in the store: \(store.location(of: item))" }
    let size = item.bytes.map(bytesText) ?? "of unknown size"
    return item.canBeFetched
      ? "not in the store, \(size): bench data fetch \(item.name)"
      : "not in the store, no address works any more: download \(item.files.map(\.name).joined(separator: ", ")) "
        + "(\(size)) and bench data import them, or the unpacked folder"
  }
}
