import Files
import Glibc

/// Finds files whose names the file system spells otherwise than an annotation does: with composed letters for decomposed
/// ones or the other way round, as Macs do, or in Latin-1.
struct Spelling {
  /// By folder, the names in it by what they read as; as Swift compares texts, both ways to compose a letter are equal.
  private var listings: [String: [String: String]] = [:]

  /// The path within `folder` that exists and reads as `path` does; nil if there is none.
  mutating func path(readingAs path: String, in folder: String) -> String? {
    var found: [String] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
      let place = ([folder] + found).joined(separator: "/")
      guard let name = names(in: place)[Self.reading(String(Substring(part)))] else { return nil }
      found.append(name)
    }
    return found.joined(separator: "/")
  }

  private mutating func names(in folder: String) -> [String: String] {
    if let names = listings[folder] { return names }
    let names = Dictionary((folderEntries(folder) ?? []).map { (Self.reading($0), $0) }) { first, _ in first }
    listings[folder] = names
    return names
  }

  /// A name as people read it: one that is not UTF-8 is taken for Latin-1.
  private static func reading(_ name: String) -> String {
    let bytes = pathBytes(name)
    guard String(validating: bytes, as: UTF8.self) == nil else { return name }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}

extension FolderImages {
  /// These images, found where their names are spelled otherwise than in `ids`.
  func spelled(as ids: [String]) -> FolderImages {
    var (images, spelling) = (self, Spelling())
    for id in ids where !isAccessible(path(id), F_OK) {
      images.spellings[id] = spelling.path(readingAs: id, in: folder)
    }
    return images
  }
}
