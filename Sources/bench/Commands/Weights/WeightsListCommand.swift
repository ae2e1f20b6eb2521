import ArgumentParser
import DatasetStore

struct WeightsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the pretrained weights, with location, size and terms.")

  @OptionGroup var options: StoreOptions

  func run() throws {
    let store = try options.store()
    printList(store.lock.weights.map { ($0.name, "\($0.title), \($0.version)", $0.details(in: store)) })
    print("Store: \(store.folder)")
  }
}
