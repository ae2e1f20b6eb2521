import DatasetStore

/// The datasets or the weights of the lock, present on or absent from this machine.
struct Stored {
  let kind: LockedItem.Kind
  let present: [String]
  let absent: [String]

  init(_ kind: LockedItem.Kind, present: [String], absent: [String]) {
    (self.kind, self.present, self.absent) = (kind, present, absent)
  }

  init(_ kind: LockedItem.Kind, in store: Store) {
    let items = store.lock.items.filter { $0.kind == kind }
    self.init(
      kind, present: items.filter(store.has).map(\.name), absent: items.filter { !store.has($0) }.map(\.name))
  }

  var check: Check {
    func names(_ names: [String]) -> String { names.isEmpty ? "none" : names.joined(separator: ", ") }
    let built = kind == .datasets ? "birdlets is built in" : "the small backbone of birdlets is built in"
    return .ok(
      kind.rawValue,
      "in the store: \(names(present)); to be fetched (\(kind.command) fetch): \(names(absent)); \(built)")
  }
}
