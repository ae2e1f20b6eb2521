/// Checks that an archive entry's path may be unpacked: relative, plain, within its folder.
enum EntryPath {
  /// The path without "." and empty components, or the reason why it may not be unpacked.
  static func checked(_ path: String) -> Result<String, Refusal> {
    guard !path.hasPrefix("/") else { return .failure(Refusal("is an absolute path")) }
    guard path.utf8.count <= 1000, path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else {
      return .failure(Refusal("is too long a path or has control characters or backslashes in it"))
    }
    // Split by bytes: as a `Character`, a slash merges with a combining mark that starts the next name.
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }.filter { $0 != "." }
    guard !parts.contains("..") else { return .failure(Refusal("leads out of the folder")) }
    guard parts.count <= 32, parts.allSatisfy({ $0.utf8.count <= 255 }) else {
      return .failure(Refusal("is too deep, or has too long a name in it"))
    }
    return .success(parts.joined(separator: "/"))
  }

  struct Refusal: Error, Equatable {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }
}
