import Foundation
import TestSupport
import Testing

@testable import Datasets

/// What editors, spreadsheets and DOS do to a text file without changing its content.
private let habits: [(name: String, change: @Sendable (String) -> String)] = [
  ("a byte order mark", { "\u{FEFF}" + $0 }),
  ("CR LF", { $0.replacing("\n", with: "\r\n") }),
  ("CR", { $0.replacing("\n", with: "\r") }),
  ("tabs", { $0.replacing(" ", with: "\t") }),
  ("no-break spaces", { $0.replacing(" ", with: "\u{A0}") }),
  ("two blanks", { $0.replacing(" ", with: "  ") }),
  ("blanks around lines", { $0.replacing("\n", with: " \u{A0}\t\n  ") }),
  ("a blank last line", { $0 + "\n" }),
  ("a last line of blanks", { $0 + " \t\u{A0}\n" }),
  ("empty lines", { $0.replacing("\n", with: "\n\n") }),
  ("Ctrl-Z", { $0 + "\u{1A}" }),
  ("Ctrl-Z and CR LF", { $0.replacing("\n", with: "\r\n") + "\u{1A}\r\n" }),
  ("no last line break", { String($0.dropLast()) }),
]

@Suite struct TextTests {
  @Test(arguments: habits.indices) func annotationsAreReadAsEditorsLeaveThem(_ index: Int) throws {
    try withTemporaryFolder { folder in
      try Birdlets(size: 16, trainPerClass: 1, testPerClass: 1).write(to: folder.path + "/cub")
      let expected = try Dataset.open("cub", folder: folder.path + "/cub")
      let summary = try CUBAnnotations(folder: folder.path + "/cub").summary()
      for file in ["images", "classes", "image_class_labels", "train_test_split", "bounding_boxes"] {
        let url = folder.appendingPathComponent("cub/\(file).txt")
        let text = habits[index].change(try String(contentsOf: url, encoding: .utf8))
        try Data(text.utf8).write(to: url)
      }
      let found = try Dataset.open("cub", folder: folder.path + "/cub")
      #expect(found.train == expected.train && found.test == expected.test, "\(habits[index].name)")
      #expect(found.classNames == expected.classNames)
      #expect(try CUBAnnotations(folder: folder.path + "/cub").summary() == summary)
    }
  }

  @Test func aMarkInFrontOfTheClassesBlamesNoOtherFile() throws {
    try withUnpacked("fgvc-aircraft-2013b.tar.gz") { folder in
      let data = folder.appendingPathComponent("fgvc-aircraft-2013b/data")
      for name in ["variants.txt", "images_variant_trainval.txt", "images_variant_test.txt"] {
        let url = data.appendingPathComponent(name)
        try (Data([0xEF, 0xBB, 0xBF]) + Data(contentsOf: url)).write(to: url)
      }
      #expect(try Dataset.open("aircraft", folder: folder.path).classNames[0] == "A1-100")
      // Two concatenated files have one in the middle.
      let url = data.appendingPathComponent("variants.txt")
      let text = try String(contentsOf: url, encoding: .utf8).replacing("A1-200", with: "\u{FEFF}A1-200")
      try Data(text.utf8).write(to: url)
      let error = #expect(throws: DatasetError.self) { try Dataset.open("aircraft", folder: folder.path) }
      #expect(error?.description.contains("variants.txt") == true)
      #expect(error?.description.contains("<byte order mark>A1-200") == true)
    }
  }

  @Test func whatCannotBeSeenIsNamed() throws {
    try withTemporaryFolder { (folder) throws in
      let file = folder.appendingPathComponent("a.txt").path
      func reason(_ bytes: [UInt8]) throws -> String? {
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let error = #expect(throws: DatasetError.self) {
          try AnnotationFile(file).numbered("a name") { $0.allSatisfy(\.isLetter) ? $0 : nil }
        }
        return error?.description
      }
      let mark = Array("\u{FEFF}".utf8)
      #expect(
        try reason(Array("1 a\n".utf8) + mark + Array("2 b\n".utf8))?.contains("\"<byte order mark>2 b\"") == true)
      #expect(try reason(Array("1 a\u{1A}\n2 b\n".utf8))?.contains("\"1 a<Ctrl-Z>\"") == true)
      #expect(try reason(Array("1 a\u{A0}b".utf8))?.contains("\"1 a<no-break space>b\"") == true)
      #expect(try reason(Array("1 \u{200B}a".utf8))?.contains("<U+200B>") == true)
      #expect(try reason([0x31, 0x20, 0xE9])?.contains("\"1 <byte E9>\"") == true)
      #expect(try reason([0xFF, 0xFE, 0x31, 0, 0x20, 0])?.contains("byte order mark of UTF-16") == true)
    }
  }

  @Test func bytesThatAreNoUTF8AreKept() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("a.txt")
      try Data([0x31, 0x20, 0x43, 0xEB, 0x6E, 0x0D, 0x0A, 0x32, 0x20, 0xC3, 0xAB]).write(to: url)
      let names = try AnnotationFile(url.path).numbered("a name", \.self)
      #expect(names.count == 2 && names[1] == "ë" && names[0].unicodeScalars.count == 3)
      #expect(visible(names[0]) == "C<byte EB>n")
    }
  }
}
