import Foundation
import TestSupport
import Testing

@testable import Datasets

/// Creates files in a folder: images coloured by the length of their paths, or texts.
private func make(_ folder: URL, images: [String] = [], texts: [String: String] = [:]) throws {
  for path in images {
    let url = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    let image = RGBImage(width: 10, height: 8, colour: [UInt8(path.count), 90, 160])
    let bytes = path.hasSuffix("png") ? try image.png() : try image.jpeg()
    try Data(bytes).write(to: url)
  }
  for (path, text) in texts {
    let url = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
}

private func opened(_ folder: URL, share: Double? = nil, seed: UInt64? = nil) throws -> Dataset {
  var reading = Reading()
  (reading.testShare, reading.splitSeed) = (share, seed)
  return try Dataset.open("folder", folder: folder.path, reading: reading)
}

private func refusal(_ folder: URL, share: Double? = nil, seed: UInt64? = nil) -> DatasetError? {
  #expect(throws: DatasetError.self) { try opened(folder, share: share, seed: seed) }
}

@Suite struct OwnFolderTests {
  @Test(arguments: [("train", "test"), ("train", "val"), ("Train", "Validation"), ("training", "valid")])
  func foldersOfTwoSplits(_ train: String, _ test: String) throws {
    try withTemporaryFolder { folder in
      try make(
        folder,
        images: [
          "\(train)/b/1.jpg", "\(train)/a/2.JPEG", "\(train)/a/10.png", "\(train)/a/deep/x.jpg", "\(test)/a/7.jpg",
          "\(train)/.hidden/1.jpg", "\(train)/a/._2.JPEG", "\(test)/__MACOSX/1.jpg", "\(test)/b/no-ending",
        ],
        texts: ["\(train)/a/notes.txt": "n", "\(train)/a/Thumbs.db": "t", "\(train)/a/.DS_Store": "d", "README": "r"])
      let dataset = try opened(folder)
      #expect(dataset.name == "folder" && dataset.classNames == ["a", "b"])
      #expect(
        dataset.train.map(\.id) == [
          "\(train)/a/10.png", "\(train)/a/2.JPEG", "\(train)/a/deep/x.jpg", "\(train)/b/1.jpg",
        ])
      #expect(dataset.train.map(\.label) == [0, 0, 0, 1] && dataset.train.map(\.number) == [1, 2, 3, 4])
      #expect(dataset.test.map(\.id) == ["\(test)/a/7.jpg", "\(test)/b/no-ending"] && dataset.brokenImages().isEmpty)
      let only = try Dataset.open("folder", folder: folder.path, classes: ClassSelection("2"))
      #expect(only.classNames == ["b"] && only.train.map(\.number) == [4])
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may list everything"))
  func aFolderThatCannotBeListedIsNotTakenForEmpty() throws {
    try withTemporaryFolder { folder in
      try make(folder, images: ["train/a/1.jpg", "train/a/deep/2.jpg", "test/a/3.jpg"])
      for name in ["train/a/deep", "train"] {
        let path = folder.appendingPathComponent(name).path
        #expect(chmod(path, 0) == 0)
        defer { _ = chmod(path, 0o700) }
        guard case .unlistedFolder(path, _) = refusal(folder) else {
          Issue.record("\(name) was not missed")
          return
        }
        #expect(ImageFolder(folder.path).unlisted.map(\.path) == [path])
      }
    }
  }

  @Test func testComesBeforeVal() throws {
    try withTemporaryFolder { folder in
      try make(folder, images: ["train/a/1.jpg", "val/a/2.jpg", "test/a/3.jpg"])
      #expect(try opened(folder).test.map(\.id) == ["test/a/3.jpg"])
      // A test folder without class folders has no labels.
      try FileManager.default.removeItem(at: folder.appendingPathComponent("test/a"))
      try make(folder, images: ["test/3.jpg"])
      #expect(try opened(folder).test.map(\.id) == ["val/a/2.jpg"])
      try FileManager.default.removeItem(at: folder.appendingPathComponent("val"))
      #expect(refusal(folder)?.description.contains("--data \(folder.path)/train --test-share 0.2") == true)
    }
  }

  @Test func aShareOfEachClassIsDrawn() throws {
    try withTemporaryFolder { folder in
      let counts = ["a": 20, "b": 10, "c": 2, "d": 1, "train": 3]
      try make(folder, images: counts.flatMap { name, count in (0..<count).map { "\(name)/\($0).jpg" } })
      let dataset = try opened(folder, share: 0.2)
      #expect(dataset.classNames == ["a", "b", "c", "d", "train"])
      #expect((0..<5).map { label in dataset.test.count { $0.label == label } } == [4, 2, 1, 0, 1])
      #expect(dataset.train.count + dataset.test.count == 36)
      #expect(Set(dataset.train.map(\.number)).isDisjoint(with: dataset.test.map(\.number)))
      #expect(try opened(folder, share: 0.2, seed: 0).test == dataset.test)
      #expect(try opened(folder, share: 0.2, seed: 1).test != dataset.test)
      // What is drawn from a class does not depend on the other classes.
      try make(folder, images: ["0/1.jpg", "0/2.jpg"])
      let more = try opened(folder, share: 0.2)
      #expect(more.test.filter { $0.label == 1 }.map(\.id) == dataset.test.filter { $0.label == 0 }.map(\.id))
    }
  }

  @Test func lists() throws {
    try withTemporaryFolder { folder in
      let images = ["images/001.Big Bird/one two.jpg", "images/001.Big Bird/2.jpg", "images/002.Owl/3.png"]
      try make(
        folder, images: images,
        texts: [
          "train.txt": "\u{FEFF}001.Big Bird/one two.jpg 0\r\n002.Owl/3.png\t1\r\n",
          "test.txt": "001.Big Bird/2.jpg  00\n\n",
        ])
      let dataset = try opened(folder)
      #expect(dataset.classNames == ["001.Big Bird", "002.Owl"] && dataset.brokenImages().isEmpty)
      #expect(dataset.train.map(\.id) == [images[0], images[2]] && dataset.test.map(\.id) == [images[1]])
      #expect(dataset.train.map(\.label) == [0, 1] && dataset.test.map(\.label) == [0])
    }
  }

  @Test func labelsAreNumbersOrNames() throws {
    try withTemporaryFolder { folder in
      try make(folder, images: ["1.jpg", "2.jpg", "3.jpg"])
      // Labels from 1, with a gap, ordered numerically.
      try make(folder, texts: ["train.txt": "1.jpg 10\n2.jpg 9\n", "val.txt": "3.jpg 10\n"])
      #expect(try opened(folder).classNames == ["9", "10"] && opened(folder).train.map(\.label) == [1, 0])
      try make(folder, texts: ["train.txt": "1.jpg owl\n2.jpg ant\n", "val.txt": "3.jpg owl\n"])
      #expect(try opened(folder).classNames == ["ant", "owl"] && opened(folder).test.map(\.label) == [1])
    }
  }

  @Test(arguments: [
    ("1.jpg 0\n2.jpg", "line 2"), ("1.jpg 0\n1.jpg 1", "once"), ("1.jpg 0\n../2.jpg 1", "line 2"), ("", "line 1"),
    ("1.jpg 0\n/tmp/2.jpg 1", "within"), ("1.jpg 0\n3.jpg 1", "test.txt, line 1: expected each image once"),
  ]) func damagedListsAreNamed(_ list: String, _ what: String) throws {
    try withTemporaryFolder { folder in
      try make(folder, images: ["1.jpg", "2.jpg", "3.jpg"], texts: ["train.txt": list, "test.txt": "3.jpg 0\n"])
      #expect(refusal(folder)?.description.contains(what) == true)
    }
  }

  @Test(arguments: ["train.txt", "val.txt"]) func aListAloneIsNamed(_ list: String) throws {
    try withTemporaryFolder { folder in
      try make(folder, texts: [list: "a.jpg 0\n"])
      #expect(refusal(folder)?.description.contains("found the list \(list) alone") == true)
    }
  }

  @Test func otherFoldersAreRefusedWithTheWayToDoIt() throws {
    try withTemporaryFolder { folder in
      #expect(refusal(folder)?.description.contains("train.txt") == true)
      #expect(refusal(folder.appendingPathComponent("none")) == .folderNotFound(path: folder.path + "/none"))
      try make(folder, images: ["a/1.jpg", "b/1.jpg"])
      #expect(refusal(folder)?.description.contains("--test-share 0.2") == true)
      for share in [0, 1, -1, .nan, 20] { #expect(refusal(folder, share: share)?.fault == .usage) }
      try make(folder, images: ["train/a/1.jpg", "test/a/1.jpg", "test/c/1.jpg"])
      #expect(refusal(folder)?.description.contains("the class c in test and not in train") == true)
      #expect(refusal(folder, share: 0.5)?.description.contains("leave --test-share out") == true)
      #expect(refusal(folder, seed: 3)?.description.contains("leave --split-seed out") == true)
      try make(folder, texts: ["train.txt": "a/1.jpg 0\n", "test.txt": "b/1.jpg 0\n"])
      #expect(refusal(folder, share: 0.5)?.description.contains("the lists train.txt and test.txt") == true)
      #expect(try opened(folder).train.map(\.id) == ["a/1.jpg"])
    }
  }

  @Test func linksAreFollowed() throws {
    try withTemporaryFolder { folder in
      try make(folder, images: ["elsewhere/1.jpg", "elsewhere/2.jpg", "set/train/b/1.jpg"])
      let files = FileManager.default
      try files.createSymbolicLink(
        atPath: folder.path + "/set/train/a", withDestinationPath: folder.path + "/elsewhere")
      try files.createSymbolicLink(atPath: folder.path + "/set/test", withDestinationPath: folder.path + "/set/train")
      // A cycle.
      try files.createSymbolicLink(
        atPath: folder.path + "/elsewhere/again", withDestinationPath: folder.path + "/elsewhere")
      let dataset = try opened(folder.appendingPathComponent("set"))
      #expect(dataset.classNames == ["a", "b"] && dataset.train.count == 3 && dataset.brokenImages().isEmpty)
    }
  }

  /// Files that are named as images but are not are found before the first step; omitted ones are listed with a reason.
  @Test func brokenImagesAreFoundBeforeAndLeftOut() throws {
    try withTemporaryFolder { folder in
      try make(folder, images: (1...9).flatMap { ["train/a/\($0).jpg", "test/a/\($0).jpg"] })
      let train = folder.appendingPathComponent("train/a")
      try Data().write(to: train.appendingPathComponent("1.jpg"))
      try Data("GIF89a...".utf8).write(to: train.appendingPathComponent("2.jpg"))
      try FileManager.default.removeItem(at: train.appendingPathComponent("3.jpg"))
      try FileManager.default.createSymbolicLink(
        atPath: train.path + "/3.jpg", withDestinationPath: "/nowhere/at/all.jpg")
      try Data(Data(contentsOf: train.appendingPathComponent("4.jpg")).dropLast(100)).write(
        to: train.appendingPathComponent("4.jpg"))
      try FileManager.default.removeItem(at: train.appendingPathComponent("5.jpg"))
      #expect(mkfifo(train.path + "/5.jpg", 0o600) == 0)
      let (rest, left) = try opened(folder).verified(skipBroken: true)
      #expect(rest.train.map(\.id) == (6...9).map { "train/a/\($0).jpg" } && rest.test.count == 9)
      #expect(left.map { $0.path.suffix(5) } == ["1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg"])
      for (image, reason) in zip(left, ["empty", "a GIF", "no such file", "cut short", "not a regular file"]) {
        #expect(image.reason.contains(reason), "\(image)")
      }
      for sample in try opened(folder).train.prefix(5) {
        let error = #expect(throws: DatasetError.self) { try opened(folder).image(sample) }
        #expect(error?.description.contains("--skip-broken") == false)
      }
    }
  }

  /// The content counts, not the name; alpha and orientation are handled as in Pillow.
  @Test func formatsAreToldByContent() throws {
    try withTemporaryFolder { folder in
      try make(folder, images: ["train/a/1.jpg", "test/a/1.jpg"])
      for (source, name) in [
        ("rgba.png", "2.jpg"), ("lossy.webp", "3.png"), ("cmyk.jpg", "4.webp"), ("orientation-6.jpg", "5"),
      ] {
        let target = folder.appendingPathComponent("train/a/" + name)
        try FileManager.default.copyItem(at: fixture("formats/" + source), to: target)
      }
      let stored = try Dataset.open("folder", folder: folder.path).verified().dataset
      #expect(try stored.train.map { try stored.image($0).width } == [10, 21, 21, 21, 5])
      var reading = Reading()
      reading.isTurning = true
      let turned = try Dataset.open("folder", folder: folder.path, reading: reading).verified().dataset
      #expect(try turned.train.map { try turned.image($0).width } == [10, 21, 21, 21, 3])
    }
  }
}

@Suite struct ReadingTests {
  @Test func choicesThatSayNothingAreRefused() throws {
    var reading = Reading()
    reading.keepsBanner = true
    func error(_ dataset: String, _ reading: Reading) -> DatasetError? {
      #expect(throws: DatasetError.self) { try Dataset.open(dataset, reading: reading) }
    }
    let aircraft = ["aircraft", "aircraft-family", "aircraft-manufacturer"]
    #expect(
      error("birdlets", reading)
        == .optionNotTaken(option: "--keep-banner", dataset: "birdlets", takenBy: aircraft))
    #expect(error("cub", reading)?.fault == .usage)
    #expect(error("aircraft", reading) == .folderRequired(dataset: "aircraft"))
    reading = Reading()
    reading.isTurning = true
    #expect(error("birdlets", reading)?.description.contains("--exif-rotate") == true)
    reading = Reading()
    reading.splitSeed = 3
    #expect(error("cub", reading)?.description.contains("It is for: folder.") == true)
  }
}
