import Files
import Glibc

/// Finds a dataset's root in a user's folder.
enum DatasetFolder {
  /// `folder` or the first of `inner` in it that has all of `files`; throws `foreignFolder`, which names missing ones.
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

  /// Where in `folder` a dataset may lie: in itself, in `inner`, and likewise in its only subfolder, as when an archive
  /// was unpacked into a new folder.
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
    // Split by bytes: as a `Character`, a slash merges with a combining mark that starts the next name.
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.contains { $0.isEmpty || $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }
      || text.utf8.contains(0) ? nil : text
  }

  /// Throws an error if a selected class has no image in the folder; the error names the classes that have some.
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
