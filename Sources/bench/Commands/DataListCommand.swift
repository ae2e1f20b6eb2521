import ArgumentParser
import DatasetStore
import Datasets

struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the datasets, with location, size and terms.")

  @OptionGroup var options: StoreOptions

  func run() throws {
    let store = try options.store()
    var told: Set<String> = []
    printList(
      Dataset.all.map { entry in
        // Several names may share one item, as Aircraft's levels do; it is described only once.
        let item = entry.lockName.flatMap { name in
          told.insert(name).inserted ? store.lock.datasets.first { $0.name == name } : nil
        }
        return (entry.name, entry.summary, item?.details(in: store) ?? [])
      })
    print("Store: \(store.folder)")
  }
}
