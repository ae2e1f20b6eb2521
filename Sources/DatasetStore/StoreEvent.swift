/// Progress of a store's work, for a line on a terminal.
public enum StoreEvent: Equatable, Sendable {
  /// Another process is working on the store; this one waits for it.
  case waiting
  case connecting(file: String, address: String, from: Int)
  /// The bytes of `file` received, out of those expected.
  case received(file: String, bytes: Int, of: Int?)
  case retrying(file: String, reason: String, seconds: Double)
  case gaveUp(address: String, reason: String)
  /// A file without a known checksum arrived: its own is recorded to check later ones.
  case trusted(file: String, bytes: Int, sha256: String)
  case verified(file: String, sha256: String)
  case unpacking(file: String, entries: Int, bytes: Int)
  case hashing(name: String, files: Int, of: Int)
  case noted(name: String, tree: String, files: Int, counts: SplitCounts)
}
