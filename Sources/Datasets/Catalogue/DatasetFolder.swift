import Files
import Glibc

/// Where in a user's folder a dataset's own root is.
enum DatasetFolder {
  /// `folder` or the first of `inner` in it that has all of `files`; throws what is missing.
  static func root(
    of folder: String, dataset: String, inner: [String], files: [String], images: String
  ) throws(DatasetError) -> String {
    func missing(_ root: String) -> [String] { files.filter { !isAccessible(root + "/" + $0, F_OK) } }
    let roots = try roots(in: folder, inner: inner)
    if let root = roots.first(where: { missing($0).isEmpty }) { return root }
    let likeliest = roots.filter { missing($0).count < files.count }.first ?? roots.dropFirst().first(where: isFolder)
    let absent = missing(likeliest ?? folder)
    throw .foreignFolder(
      path: folder, dataset: dataset, expected: "\(images) and the files " + files.joined(separator: ", "),
      found: absent.count == files.count ? "none of these files" : "no " + absent.joined(separator: ", no "))
  }

  /// Where in `folder` a dataset may lie: itself, `inner`, and the same in the one folder that it holds, as of an archive that
  /// was unpacked into a folder of its own.
  static func roots(in folder: String, inner: [String]) throws(DatasetError) -> [String] {
    guard isFolder(folder) else { throw .folderNotFound(path: folder) }
    var (roots, next) = ([String](), Optional(folder))
    while let folder = next, roots.count < 3 * (1 + inner.count) {
      roots += [folder] + inner.map { folder + "/" + $0 }
      let folders = (folderEntries(folder) ?? []).filter { !isClutter($0) && isFolder(folder + "/" + $0) }
      next = folders.count == 1 ? folder + "/" + folders[0] : nil
    }
    return roots
  }

  /// A path that stays within its folder, or nil.
  static func relativePath(_ text: String) -> String? {
    // By bytes: as a character, a slash may be one with a mark that the name behind it begins with.
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.contains { $0.isEmpty || $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
      || text.utf8.contains(0) ? nil : text
  }

  /// A selected class of which not one image lies in the folder is an error that says which classes have some.
  static func requireImages(
    of dataset: String, _ source: FolderImages, paths: [String], classes: [Int], selected: [Int], of count: Int
  ) throws(DatasetError) {
    let members = Dictionary(grouping: paths.indices, by: { classes[$0] })
    func hasImage(_ number: Int) -> Bool {
      members[number, default: []].contains { isAccessible(source.path(paths[$0]), F_OK) }
    }
    let without = selected.filter { !hasImage($0) }
    guard without.isEmpty else {
      throw .classesWithoutImages(
        dataset: dataset, folder: source.folder, without: ClassSelection.text(of: without),
        with: ClassSelection.text(of: (1...count).filter(hasImage)))
    }
  }
}
