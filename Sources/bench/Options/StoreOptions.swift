import ArgumentParser
import DatasetStore

/// Which store of datasets and weights to use, and how.
struct StoreOptions: ParsableArguments {
  @Flag(help: "Never use the network: use only what is in the store.")
  var offline = false

  @Option(
    help: ArgumentHelp(
      "Your own lock file in place of the built-in datasets.lock, for example for a mirror.", valueName: "file"))
  var lock: String?

  /// Returns the store with its lock but without context; fetches nothing.
  func store() throws -> Store {
    var store = Store(folder: Store.standardFolder(), lock: try lock.map(Lock.init(readingFrom:)) ?? .embedded())
    store.isOffline = offline
    return store
  }

  /// Calls `body` with a store that shows its progress and stops at Ctrl-C.
  func working<R>(_ body: (Store) throws -> R) throws -> R {
    var store = try store()
    let signals = StopSignals()
    let progress = StoreProgress()
    store.context = StoreContext(shouldStop: { signals.isStopWanted }, report: progress.show)
    defer { progress.clear() }
    return try body(store)
  }
}
