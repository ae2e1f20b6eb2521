/// How much an archive may unpack to.
public struct ExtractionLimits: Equatable, Sendable {
  public var entries: Int
  public var bytes: Int

  public init(entries: Int, bytes: Int) {
    self.entries = entries
    self.bytes = bytes
  }

  /// Photographs hardly shrink, annotations do: 4 times the archive, but at least 256 MiB.
  public init(forArchiveOf bytes: Int) {
    self.init(entries: 200_000, bytes: max(256 << 20, 4 * min(bytes, .max / 4)))
  }
}
