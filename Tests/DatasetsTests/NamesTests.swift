import Files
import Foundation
import TestSupport
import Testing

@testable import Datasets

/// Names as they come from Macs (decomposed), from old archives (Latin-1), and as annotations mostly have them.
private let spellings: [(name: String, bytes: [UInt8])] = [
  ("composed", Array("Citro\u{EB}n".utf8)), ("decomposed", Array("Citroe\u{308}n".utf8)),
  ("Latin-1", [0x43, 0x69, 0x74, 0x72, 0x6F, 0xEB, 0x6E]),
]

private func write(_ bytes: [UInt8], to path: String) {
  let file = openFile(path, O_WRONLY | O_CREAT | O_TRUNC)
  defer { close(file) }
  #expect(bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) } == bytes.count)
}

private func makeFolder(_ path: String) { #expect(path.withPath { mkdir($0, 0o755) } == 0) }

@Suite struct NamesTests {
  private let image = RGBImage(width: 9, height: 8, colour: [200, 20, 30])

  @Test(arguments: spellings.indices) func foldersOfAnyEncodingAreClasses(_ index: Int) throws {
    try withTemporaryFolder { folder in
      let name = pathText(spellings[index].bytes)
      for path in ["train", "test", "train/" + name, "test/" + name, "train/other"] {
        makeFolder(folder.path + "/" + path)
      }
      for path in ["train/\(name)/\(name).jpg", "test/\(name)/1.jpg", "train/other/1.jpg"] {
        write(try image.jpeg(), to: folder.path + "/" + path)
      }
      let dataset = try Dataset.open("folder", folder: folder.path).verified().dataset
      #expect(dataset.classNames == [name, "other"])
      #expect(try dataset.image(dataset.train[0]).width == 9)
      #expect(
        pathBytes(dataset.train[0].id) == Array("train/".utf8) + spellings[index].bytes + [0x2F]
          + spellings[index].bytes + Array(".jpg".utf8))
    }
  }

  /// The annotation and the file system spell a name differently: images are found and keep the annotation's id.
  @Test(arguments: spellings.indices, spellings.indices) func imagesAreFoundHoweverTheirNamesAreSpelled(
    _ written: Int, _ stored: Int
  ) throws {
    try withTemporaryFolder { folder in
      func line(_ number: Int, _ bytes: [UInt8]) -> [UInt8] { Array("\(number) ".utf8) + bytes + [0x0A] }
      func path(_ bytes: [UInt8], _ number: Int) -> [UInt8] {
        Array("001.".utf8) + bytes + [0x2F] + bytes + Array("_\(number).jpg".utf8)
      }
      let annotated = spellings[written].bytes
      write(line(1, Array("001.".utf8) + annotated), to: folder.path + "/classes.txt")
      write(line(1, path(annotated, 1)) + line(2, path(annotated, 2)), to: folder.path + "/images.txt")
      write(Array("1 1\n2 1\n".utf8), to: folder.path + "/image_class_labels.txt")
      write(Array("1 1\n2 0\n".utf8), to: folder.path + "/train_test_split.txt")
      makeFolder(folder.path + "/images")
      makeFolder(folder.path + "/images/001." + pathText(spellings[stored].bytes))
      for number in 1...2 {
        write(try image.jpeg(), to: folder.path + "/images/" + pathText(path(spellings[stored].bytes, number)))
      }
      let dataset = try Dataset.open("cub", folder: folder.path).verified().dataset
      #expect(try dataset.image(dataset.test[0]).height == 8)
      #expect(pathBytes(dataset.train[0].id) == path(annotated, 1))
      try dataset.requireFiles()
    }
  }

  @Test func aNameThatNoRowCanHoldIsSaidBefore() throws {
    try withTemporaryFolder { folder in
      for path in ["train", "test", "train/a", "test/a"] { makeFolder(folder.path + "/" + path) }
      for path in ["train/a/1.jpg", "train/a/2\n.jpg", "test/a/1.jpg"] {
        write(try image.jpeg(), to: folder.path + "/" + path)
      }
      let dataset = try Dataset.open("folder", folder: folder.path)
      let error = #expect(throws: DatasetError.self) { try dataset.verified() }
      #expect(error?.description.contains("train/a/2<line feed>.jpg: its name has a line feed in it") == true)
      let (rest, left) = try dataset.verified(skipBroken: true)
      #expect(rest.train.map(\.id) == ["train/a/1.jpg"] && left.count == 1)
    }
  }

  @Test func aClassWhoseNameNoRowCanHoldIsSaidBefore() throws {
    try withTemporaryFolder { folder in
      for path in ["train", "test", "train/a\nb", "test/a\nb"] { makeFolder(folder.path + "/" + path) }
      let error = #expect(throws: DatasetError.self) { try Dataset.open("folder", folder: folder.path) }
      #expect(error?.description.contains("a<line feed>b") == true)
    }
  }

  @Test func pathsStayInTheirFolder() {
    for path in ["../a", "a/../b", "/a", "a//b", "./a", "a/", "..", "", "a\0b", "../\u{301}a", "a/..\u{301}/../b"] {
      #expect(DatasetFolder.relativePath(path) == nil, "\(path)")
    }
    for path in ["a", "a b/c.jpg", "..a/b", "a/\u{301}b"] { #expect(DatasetFolder.relativePath(path) == path) }
  }
}
