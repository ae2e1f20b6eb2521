import Files
import Glibc

/// Two lists of images; each line is a path, which may have blanks, and a label, which is a number or a name.
struct ImageLists {
  let folder: String
  let train: String
  let test: String

  private struct Line {
    let path: String
    let label: String
    let split: Split
  }

  func read() throws(DatasetError) -> OwnFolder.Labelled {
    var (lines, seen) = ([Line](), Set<String>())
    for (name, split) in [(train, Split.train), (test, .test)] {
      let file = try AnnotationFile(folder + "/" + name)
      var place: String?
      try file.each { number, text throws(DatasetError) in
        guard let (written, label) = text.splitAtLastBlank, let within = DatasetFolder.relativePath(written) else {
          throw file.damage(at: number, expected: "the path of an image within \(folder), a space and its label", text)
        }
        let start = place ?? self.place(of: within, list: name)
        place = start
        guard seen.insert(start + within).inserted else {
          throw file.damage(at: number, expected: "each image once in both lists", text)
        }
        lines.append(Line(path: start + within, label: label, split: split))
      }
      guard place != nil else {
        throw file.damage(at: 1, expected: "the path of an image within \(folder), a space and its label", "")
      }
    }
    return labelled(lines)
  }

  /// Where the paths of a list start: in the folder, or in a subfolder that the list omits.
  private func place(of path: String, list: String) -> String {
    ["", "images/", list.dropLast(4) + "/"].first { isAccessible(folder + "/" + $0 + path, F_OK) } ?? ""
  }

  private func labelled(_ lines: [Line]) -> OwnFolder.Labelled {
    let isNumbered = lines.allSatisfy { Int($0.label) != nil }
    // A number may be written in two ways.
    let labels = isNumbered ? lines.map { String(Int($0.label) ?? 0) } : lines.map(\.label)
    let classes = Set(labels).sorted {
      isNumbered ? (Int($0) ?? 0) < (Int($1) ?? 0) : $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let numbers = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0 + 1) })
    var found = OwnFolder.Labelled(classNames: classes)
    found.images = zip(lines, labels).map { ($0.path, numbers[$1] ?? 0, $0.split) }
    if isNumbered { found.classNames = names(found) ?? classes }
    return found
  }

  /// The names of the images' folders, if each class has its own: they say more than numbers.
  private func names(_ found: OwnFolder.Labelled) -> [String]? {
    var names = [String?](repeating: nil, count: found.classNames.count)
    for image in found.images {
      guard
        let name = parentFolder(of: image.path).utf8.split(separator: UInt8(ascii: "/")).last.map({
          String(Substring($0))
        }),
        names[image.label - 1] ?? name == name
      else { return nil }
      names[image.label - 1] = name
    }
    let known = names.compactMap(\.self)
    return Set(known).count == names.count ? known : nil
  }
}
