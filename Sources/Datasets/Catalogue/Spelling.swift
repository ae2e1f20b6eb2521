import Files
import Glibc

/// Finds files whose names the file system spells differently from an annotation: in another Unicode normalization
/// form, as on Macs, or in Latin-1.
struct Spelling {
  /// For each folder, its names by their readable form; Swift's string comparison equates both normalization forms.
  private var listings: [String: [String: String]] = [:]

  /// The existing path within `folder` whose readable form is that of `path`; nil if there is none.
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

  /// A name's readable form; a name that is not UTF-8 is decoded as Latin-1.
  private static func reading(_ name: String) -> String {
    let bytes = pathBytes(name)
    guard String(validating: bytes, as: UTF8.self) == nil else { return name }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}

extension FolderImages {
  /// These images, with the paths of files whose names are spelled differently from `ids`.
  func spelled(as ids: [String]) -> FolderImages {
    var (images, spelling) = (self, Spelling())
    for id in ids where !isAccessible(path(id), F_OK) {
      images.spellings[id] = spelling.path(readingAs: id, in: folder)
    }
    return images
  }
}
