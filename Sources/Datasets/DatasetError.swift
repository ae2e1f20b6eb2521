import Files

/// What can go wrong between a data folder and a batch; the description says what, where, and what to do.
public enum DatasetError: Error, Equatable, Sendable {
  case unknownDataset(name: String, known: [String], nearest: String?)
  case folderRequired(dataset: String)
  case folderNotTaken(dataset: String)
  case invalidClasses(text: String, reason: String)
  case folderNotFound(path: String)
  case foreignFolder(path: String, dataset: String, expected: String, found: String)
  case invalidAnnotation(file: String, line: Int, expected: String, found: String)
  case unlikePublished(dataset: String, folder: String, what: String, expected: String, found: String)
  case classesWithoutImages(dataset: String, folder: String, without: String, with: String)
  case noAnnotations(dataset: String)
  case cannotHoldOut(oneIn: Int, fewest: Int)
  case emptySplit(dataset: String, split: Split, classes: [String])
  case brokenImage(BrokenImage)
  case brokenImages([BrokenImage], checked: Int)
  case cannotEncode(reason: String)
  case cannotWrite(path: String, reason: String)

  /// Whose fault it is, for the program's exit code.
  public enum Fault: Sendable { case usage, data, output }

  public var fault: Fault {
    switch self {
    case .unknownDataset, .folderRequired, .folderNotTaken, .invalidClasses, .noAnnotations, .cannotHoldOut: .usage
    case .cannotEncode, .cannotWrite: .output
    default: .data
    }
  }
}

/// An image that cannot be used, and why.
public struct BrokenImage: Equatable, Sendable {
  public let path: String
  public let reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}

extension DatasetError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownDataset(let name, let known, let nearest):
      let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? "."
      return "There is no dataset \"\(name)\". Known datasets: \(known.joined(separator: ", "))\(hint)"
    case .folderRequired(let dataset):
      return "The dataset \"\(dataset)\" is read from a folder: name it with --data DIR."
    case .folderNotTaken(let dataset):
      return "The dataset \"\(dataset)\" is embedded and takes no folder: leave --data out, or read a folder that was "
        + "rendered from it with --dataset cub."
    case .invalidClasses(let text, let reason):
      return "The classes \"\(text)\" cannot be used: \(reason). Expected numbers and ranges such as 1-20 or 1,5,7-9."
    case .noAnnotations(let dataset):
      return
        "The dataset \"\(dataset)\" has no annotations of where things are, neither boxes nor parts, and the variant "
        + "\"oracle\" looks there: leave it out, or use a dataset that has them (birdlets, cub, cars, aircraft)."
    case .cannotHoldOut(let count, let fewest):
      return
        "One in \(count) training images of each class cannot be held out: expected a number from 2 to \(fewest), the "
        + "images of the smallest class."
    case .folderNotFound(let path):
      return "There is no folder \(path): check the path given to --data."
    case .foreignFolder(let path, let dataset, let expected, let found):
      return "\(path) does not hold the dataset \"\(dataset)\": expected \(expected); found \(found). "
        + "Give --data the folder that the original archive unpacks to, or the one that contains it."
    case .invalidAnnotation(let file, let line, let expected, let found):
      let place = line > 0 ? "\(file), line \(line)" : file
      return "\(place): expected \(expected), found \(printable(found)). Unpack the original archive again."
    case .unlikePublished(let dataset, let folder, let what, let expected, let found):
      return
        "\(folder) is not \"\(dataset)\" as it was published: \(what): expected \(expected), found \(printable(found)). "
        + "Unpack the original archive again."
    case .classesWithoutImages(let dataset, let folder, let without, let with):
      let advice =
        with.isEmpty
        ? "No other class has any: unpack the archive's images there." : "Select others: --classes \(with)."
      return "The dataset \"\(dataset)\" has no image in \(folder) of these classes: \(without). \(advice)"
    case .emptySplit(let dataset, let split, let classes):
      let named =
        classes.prefix(5).joined(separator: ", ") + (classes.count > 5 ? " and \(classes.count - 5) more" : "")
      return "The dataset \"\(dataset)\" has no usable \(split.rawValue) image of \(named): select other classes, "
        + "or restore the images."
    case .brokenImage(let image):
      return "The image \(image.path) cannot be used: \(image.reason). Restore the file, or leave broken images out "
        + "with --skip-broken."
    case .brokenImages(let images, let checked):
      let named = images.prefix(10).map { "  \($0.path): \($0.reason)" }.joined(separator: "\n")
      let more = images.count > 10 ? "\n  and \(images.count - 10) more" : ""
      return "\(images.count) of \(checked) images cannot be used:\n\(named)\(more)\n"
        + "Restore them, or leave them out with --skip-broken."
    case .cannotEncode(let reason):
      return "Cannot make a JPEG file: \(reason)."
    case .cannotWrite(let path, let reason):
      return "Cannot write \(path): \(reason)."
    }
  }
}

extension DatasetError: WriteFailure {}

/// Words out of a file that anyone may have made, without what would move the cursor of a terminal.
private func printable(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
}
