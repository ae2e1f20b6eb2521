import Files

/// An error between a data folder and a batch; its description says what is wrong, where, and what to do.
public enum DatasetError: Error, Equatable, Sendable {
  case unknownDataset(name: String, known: [String], nearest: String?)
  case folderRequired(dataset: String)
  case folderNotTaken(dataset: String)
  case optionNotTaken(option: String, dataset: String, takenBy: [String])
  case invalidShare(Double)
  /// A folder that defines its own split takes no share; `splitRequired` is the reverse.
  case splitGiven(folder: String, by: String, options: [String])
  case splitRequired(folder: String)
  case unlabelledFolder(path: String, found: String)
  case invalidClasses(text: String, reason: String)
  case folderNotFound(path: String)
  case unlistedFolder(path: String, reason: String)
  case foreignFolder(path: String, dataset: String, expected: String, found: String)
  case invalidAnnotation(file: String, line: Int, expected: String, found: String)
  case unlikePublished(dataset: String, folder: String, what: String, expected: String, found: String)
  case classesWithoutImages(dataset: String, folder: String, without: String, with: String)
  case noAnnotations(dataset: String)
  /// There are some, but not of the images as they are read.
  case turnedAnnotations(dataset: String)
  case cannotHoldOut(oneIn: Int, fewest: Int)
  case emptySplit(dataset: String, split: Split, classes: [String])
  case brokenImage(BrokenImage)
  case brokenImages([BrokenImage], checked: Int)
  /// The system cannot read the file's bytes.
  case unreadableImage(BrokenImage)
  /// A file that was readable has been unreadable for this long.
  case lostImage(BrokenImage, seconds: Int)
  case cannotEncode(format: String, reason: String)
  case cannotWrite(path: String, reason: String)
  /// The user asked to stop.
  case interrupted

  /// The kind of error, for the program's exit code.
  public enum Fault: Sendable { case usage, data, output, interruption }

  public var fault: Fault {
    switch self {
    case .unknownDataset, .folderRequired, .folderNotTaken, .optionNotTaken, .invalidShare, .splitGiven, .splitRequired,
      .invalidClasses, .noAnnotations, .turnedAnnotations, .cannotHoldOut:
      .usage
    case .cannotEncode, .cannotWrite: .output
    case .interrupted: .interruption
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

extension BrokenImage: CustomStringConvertible {
  public var description: String { "\(visible(path)): \(reason)" }
}

extension DatasetError: CustomStringConvertible {
  // Names and texts come from untrusted files; those that may contain line breaks are made visible below.
  public var description: String { message.split(separator: "\n").map { visible($0) }.joined(separator: "\n") }

  private var message: String {
    switch self {
    case .unknownDataset(let name, let known, let nearest):
      let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? "."
      return "There is no dataset \"\(name)\". Known datasets: \(known.joined(separator: ", "))\(hint)"
    case .folderRequired(let dataset):
      return "The dataset \"\(dataset)\" is read from a folder: name it with --data DIR."
    case .folderNotTaken(let dataset):
      return "The dataset \"\(dataset)\" is embedded and takes no folder: leave --data out, or read a folder that was "
        + "rendered from it with --dataset cub."
    case .optionNotTaken(let option, let dataset, let takers):
      return "\(option) does not apply to the dataset \"\(dataset)\": leave it out. It is for: "
        + takers.joined(separator: ", ") + "."
    case .invalidShare(let share):
      return "A test share of \(share) leaves nothing to train or to test on: expected a number between 0 and 1, "
        + "such as 0.2."
    case .splitGiven(let folder, let means, let options):
      return "\(folder) already says by \(means) which images are for testing: leave "
        + "\(options.joined(separator: " and ")) out, or give --data a folder with one subfolder per class."
    case .splitRequired(let folder):
      return
        "\(folder) has one subfolder per class, but nothing says which images are for testing: give a share of them, "
        + "such as --test-share 0.2, or sort them into train and test."
    case .unlabelledFolder(let path, let found):
      return "\(path) does not hold labelled images: expected folders train and test (or val) with one subfolder per "
        + "class, or one subfolder per class, or the lists train.txt and test.txt (or val.txt); found \(found)."
    case .invalidClasses(let text, let reason):
      return "The classes \"\(text)\" cannot be used: \(reason). Expected numbers and ranges such as 1-20 or 1,5,7-9."
    case .noAnnotations(let dataset):
      return
        "The dataset \"\(dataset)\" has no annotated boxes or parts, which the variant \"oracle\" and bench localise "
        + "need: use a dataset that has them (birdlets; cub, cars and aircraft with their files of boxes), or "
        + "another variant."
    case .turnedAnnotations(let dataset):
      return
        "The annotations of the dataset \"\(dataset)\" are of its images as stored, so the variant \"oracle\" and "
        + "bench localise cannot use them where images are rotated: leave --exif-rotate out."
    case .cannotHoldOut(let count, let fewest):
      let what = "One in \(count) training images of each class cannot be held out: "
      guard fewest > 1 else { return what + "a class has only \(fewest). Leave out --held-out or that class." }
      return what + "expected a number from 2 to \(fewest), the images of the smallest class."
    case .folderNotFound(let path):
      return "There is no folder \(path): check the path given to --data."
    case .unlistedFolder(let path, let reason):
      return "The folder \(path) cannot be listed: \(reason). Make it readable for this user, or move it away."
    case .foreignFolder(let path, let dataset, let expected, let found):
      return "\(path) does not hold the dataset \"\(dataset)\": expected \(expected); found \(found). "
        + "Name the folder that the original archive unpacks to, or the one that contains it."
    case .invalidAnnotation(let file, let line, let expected, let found):
      let place = line > 0 ? "\(file), line \(line)" : file
      return
        "\(place): expected \(expected), found \(visible(found)). Correct the file, or unpack the original archive again."
    case .unlikePublished(let dataset, let folder, let what, let expected, let found):
      return
        "\(folder) is not \"\(dataset)\" as published: \(what): expected \(expected), found \(visible(found)). "
        + "Unpack the original archive again."
    case .classesWithoutImages(let dataset, let folder, let without, let with):
      let advice =
        with.isEmpty
        ? "No other class has any: unpack the archive's images there." : "Select others: \(with)."
      return "The dataset \"\(dataset)\" has no image in \(folder) of these classes: \(without). \(advice)"
    case .emptySplit(let dataset, let split, let classes):
      let named =
        classes.prefix(5).joined(separator: ", ") + (classes.count > 5 ? " and \(classes.count - 5) more" : "")
      return "The dataset \"\(dataset)\" has no usable \(split.rawValue) image of \(named): select other classes, "
        + "or restore the images."
    case .brokenImage(let image):
      return "The image \(image.path) cannot be used: \(image.reason). Restore the file."
    case .brokenImages(let images, let checked):
      let named = images.prefix(10).map { "  \($0)" }.joined(separator: "\n")
      let more = images.count > 10 ? "\n  and \(images.count - 10) more" : ""
      return "\(images.count) of \(checked) images cannot be used:\n\(named)\(more)\n"
        + "Restore them, or leave them out of training with --skip-broken."
    case .unreadableImage(let image):
      return "The image \(image.path) cannot be read: \(image.reason). Restore the file, or check its disk."
    case .lostImage(let image, let seconds):
      return "The image \(image.path) could be read before, but has not been for \(seconds) s: \(image.reason). "
        + "Check its disk or server, then repeat the command."
    case .cannotEncode(let format, let reason):
      return "Cannot make a \(format) file: \(reason)."
    case .cannotWrite(let path, let reason):
      return "Cannot write \(path): \(reason)."
    case .interrupted:
      return "Interrupted."
    }
  }
}

extension DatasetError: WriteFailure {}
