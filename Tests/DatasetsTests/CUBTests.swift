import Foundation
import TestSupport
import Testing

@testable import Datasets

/// A small folder in CUB's layout: 16 classes with two training images and one test image each.
private func withCUB(_ body: (URL) throws -> Void) throws {
  try withTemporaryFolder { folder in
    let root = folder.appendingPathComponent("CUB_200_2011")
    try Birdlets(size: 16, trainPerClass: 2, testPerClass: 1).write(to: root.path)
    try body(root)
  }
}

/// Returns the error from opening a folder.
private func openingError(_ folder: URL, classes: String? = nil) -> DatasetError? {
  do {
    _ = try Dataset.open("cub", folder: folder.path, classes: classes.map { try ClassSelection($0) })
    return nil
  } catch {
    return error as? DatasetError
  }
}

private func replaceLine(_ line: Int, of file: URL, with text: String) throws {
  var lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  lines[line - 1] = text
  try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
}

@Suite struct CUBTests {
  @Test func annotationsAreOfTheImagesAsTheyAreStored() throws {
    try withCUB { root in
      #expect(try Dataset.open("cub", folder: root.path).annotated().annotations != nil)
      var reading = Reading()
      reading.isTurning = true
      let turned = try Dataset.open("cub", folder: root.path, reading: reading)
      #expect(throws: DatasetError.turnedAnnotations(dataset: "cub")) { try turned.annotated() }
      #expect(try turned.annotatedIfPossible().annotations == nil)
    }
  }

  @Test func anImageThatMayNotBeReadIsNotSaidToBeAbsent() throws {
    try withCUB { root in
      let dataset = try Dataset.open("cub", folder: root.path)
      let path = root.path + "/images/" + dataset.test[0].id
      try FileManager.default.removeItem(atPath: path)
      // Nobody can open a link to itself, not even the superuser.
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
      #expect { try dataset.requireFiles() } throws: { !"\($0)".contains("no such file") && "\($0)".contains(path) }
    }
  }

  @Test func theFolderOrTheOneAroundItIsTaken() throws {
    try withCUB { root in
      let inside = try Dataset.open("cub", folder: root.path)
      let around = try Dataset.open("cub", folder: root.deletingLastPathComponent().path)
      #expect(inside.train == around.train && inside.test == around.test)
      #expect(inside.train.count == 32 && inside.test.count == 16 && inside.classNames.count == 16)
      let image = try around.image(around.test[15])
      #expect(image.width == 16)
    }
  }

  @Test func selectedClassesAreLabelledFromNought() throws {
    try withCUB { root in
      let dataset = try Dataset.open("cub", folder: root.path, classes: ClassSelection("16,2-3"))
      #expect(dataset.classNames.map { $0.prefix(3) } == ["002", "003", "016"])
      #expect(dataset.train.map(\.label) == [0, 0, 1, 1, 2, 2])
      #expect(dataset.test.map(\.number) == [6, 9, 48])
      #expect(dataset.test.allSatisfy { $0.id.hasPrefix(dataset.classNames[$0.label]) })
      #expect(openingError(root, classes: "1-17")?.fault == .usage)
    }
  }

  @Test func foreignFoldersSayWhatWasExpected() throws {
    try withTemporaryFolder { folder in
      let absent = folder.appendingPathComponent("absent")
      #expect(openingError(absent) == .folderNotFound(path: absent.path))
      let empty = try #require(openingError(folder))
      #expect(empty.description.contains("images.txt") && empty.description.contains("none of these files"))
      #expect(empty.fault == .data)
      let file = folder.appendingPathComponent("images.txt")
      try "1 a/b.jpg\n".write(to: file, atomically: true, encoding: .utf8)
      #expect(openingError(folder)?.description.contains("no classes.txt") == true)
      #expect(openingError(file) == .folderNotFound(path: file.path))
    }
  }

  /// In both splits, it would be trained on and tested.
  @Test func anImageThatIsListedTwiceIsRefused() throws {
    try withCUB { root in
      let list = root.appendingPathComponent("images.txt")
      let first = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")[0].dropFirst(2)
      try replaceLine(3, of: list, with: "3 \(first)")
      #expect(
        openingError(root)
          == .invalidAnnotation(file: list.path, line: 3, expected: "each image once", found: "\(first) twice"))
    }
  }

  @Test func classesWithoutImagesAreNamedAndOthersAdvised() throws {
    try withCUB { root in
      let images = root.appendingPathComponent("images")
      for name in Birdlets().classNames[3...] {
        try FileManager.default.removeItem(at: images.appendingPathComponent(name))
      }
      let error = try #require(openingError(root))
      #expect(error.description.contains("of these classes: 4-16."))
      #expect(error.description.contains("Select others: 1-3."))
      #expect(openingError(root, classes: "2-4")?.description.contains("of these classes: 4.") == true)
      #expect(openingError(root, classes: "1-3") == nil)
      try FileManager.default.removeItem(at: images)
      #expect(openingError(root)?.description.contains("unpack the archive's images") == true)
    }
  }

  @Test(arguments: [
    ("images.txt", 2, "2"), ("images.txt", 3, "4 001.Plain_Birdlet/x.jpg"), ("images.txt", 1, "one a.jpg"),
    ("images.txt", 2, "2 ../../etc/passwd"), ("images.txt", 2, "2 /etc/passwd"),
    ("image_class_labels.txt", 5, "5 17"), ("image_class_labels.txt", 5, "5 0"), ("image_class_labels.txt", 5, "5 x"),
    ("train_test_split.txt", 48, "48 2"), ("classes.txt", 16, "17 a"), ("classes.txt", 1, "name"),
  ]) func damagedAnnotationsAreNamedByLine(_ name: String, _ line: Int, _ text: String) throws {
    try withCUB { root in
      try replaceLine(line, of: root.appendingPathComponent(name), with: text)
      guard case .invalidAnnotation(let file, line, _, let found) = openingError(root) else {
        Issue.record("no error for line \(line) of \(name)")
        return
      }
      #expect(file.hasSuffix(name) && found.contains(text))
    }
  }

  @Test(arguments: ["classes.txt", "images.txt", "image_class_labels.txt", "train_test_split.txt"])
  func shortAndBinaryAnnotationsAreErrors(_ name: String) throws {
    try withCUB { root in
      let file = root.appendingPathComponent(name)
      try Data().write(to: file)
      #expect(openingError(root)?.fault == .data)
      try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167) }).write(to: file)
      #expect(openingError(root)?.fault == .data)
      try FileManager.default.removeItem(at: file)
      try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
      #expect(openingError(root)?.fault == .data)
    }
  }

  @Test func brokenImagesStopTheRunOrAreLeftOut() throws {
    try withCUB { root in
      let dataset = try Dataset.open("cub", folder: root.path)
      #expect(dataset.brokenImages().isEmpty)
      let paths = [dataset.train[1], dataset.train[4], dataset.test[7], dataset.test[9]]
        .map { root.appendingPathComponent("images/" + $0.id) }
      try FileManager.default.removeItem(at: paths[0])
      try Data("this is text".utf8).write(to: paths[1])
      try Data(Data(contentsOf: paths[2]).dropLast(60)).write(to: paths[2])
      try Data("GIF89a".utf8).write(to: paths[3])

      let broken = dataset.brokenImages()
      #expect(broken.map(\.path) == paths.map(\.path))
      for (image, reason) in zip(broken, ["no such file", "the text", "cut short", "a GIF"]) {
        #expect(image.reason.contains(reason))
      }
      let error = #expect(throws: DatasetError.self) { try dataset.verified() }
      #expect(error?.description.contains("4 of 48 images") == true)
      #expect(paths.allSatisfy { error?.description.contains($0.path) == true })

      let (rest, skipped) = try dataset.verified(skipBroken: true)
      #expect(skipped == broken)
      #expect(rest.train.count == 30 && rest.test.count == 14)
      #expect(rest.brokenImages().isEmpty)
    }
  }

  @Test func aClassThatLosesAllItsImagesIsAnError() throws {
    try withCUB { root in
      let dataset = try Dataset.open("cub", folder: root.path, classes: ClassSelection("1-2"))
      for sample in dataset.train where sample.label == 1 {
        try FileManager.default.removeItem(at: root.appendingPathComponent("images/" + sample.id))
      }
      let error = #expect(throws: DatasetError.self) { try dataset.verified(skipBroken: true) }
      #expect(error?.description.contains(dataset.classNames[1]) == true)
    }
  }

  @Test func theLoaderNamesTheFile() throws {
    try withCUB { root in
      let dataset = try Dataset.open("cub", folder: root.path)
      let path = root.appendingPathComponent("images/" + dataset.test[0].id)
      try Data(Data(contentsOf: path).prefix(200)).write(to: path)
      let loader = Loader(
        dataset, split: .test, transform: .resizeCentreCrop(resize: 8, crop: 8), batch: 4, seed: 1, epoch: 0)
      let error = #expect(throws: DatasetError.self) { try loader.next() }
      #expect(error?.description.contains(path.path) == true)
    }
  }
}
