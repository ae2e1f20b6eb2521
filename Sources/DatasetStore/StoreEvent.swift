/// What a store tells while it works, for a line on a terminal.
public enum StoreEvent: Equatable, Sendable {
  /// Another process works on the store; this one waits for it.
  case waiting
  case connecting(file: String, address: String, from: Int)
  /// Bytes of `file` that are there, of those expected.
  case received(file: String, bytes: Int, of: Int?)
  case retrying(file: String, reason: String, seconds: Double)
  case gaveUp(address: String, reason: String)
  /// A file without a known checksum arrived: this one is noted and held against later ones.
  case trusted(file: String, bytes: Int, sha256: String)
  case verified(file: String, sha256: String)
  case unpacking(file: String, entries: Int, bytes: Int)
  case hashing(name: String, files: Int, of: Int)
  case noted(name: String, tree: String, files: Int, counts: SplitCounts)
}
