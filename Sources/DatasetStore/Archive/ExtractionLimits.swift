/// Limits on what an archive may unpack to.
public struct ExtractionLimits: Equatable, Sendable {
  public var entries: Int
  public var bytes: Int

  public init(entries: Int, bytes: Int) {
    self.entries = entries
    self.bytes = bytes
  }

  /// 4 times the archive's size, but at least 256 MiB: photographs hardly compress, annotations do.
  public init(forArchiveOf bytes: Int) {
    self.init(entries: 200_000, bytes: max(256 << 20, 4 * min(bytes, .max / 4)))
  }
}
