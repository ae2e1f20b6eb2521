import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct CUBAnnotationTests {
  @Test func theArchivesLayout() throws {
    try withUnpacked("CUB_200_2011.tgz") { folder in
      let dataset = try Dataset.open("cub", folder: folder.path)
      #expect(dataset.train.count == 9 && dataset.test.count == 3 && dataset.classNames[2] == "003.Sea_Teal")
      let annotations = try CUBAnnotations(folder: folder.path)
      #expect(annotations.imageCount == 12 && annotations.classCount == 3)
      let boxes = try #require(try annotations.boxes())
      #expect(boxes[4] == .init(x: 6, y: 3, width: 14, height: 20) && boxes.count == 12)
      #expect(try annotations.partNames() == ["back", "beak", "belly"])
      let parts = try #require(try annotations.parts())
      #expect(parts[0] == [nil, .init(x: 1, y: 2.5), .init(x: 2, y: 4.5)] && parts.count == 12)
      let clicks = try #require(try annotations.clicks())
      #expect(clicks.count == 72)
      #expect(clicks[0] == .init(image: 1, part: 1, point: nil, seconds: 0.5))
      #expect(clicks[5] == .init(image: 1, part: 3, point: .init(x: 4, y: 4.5), seconds: 2.25))
    }
  }

  @Test func attributesAsPublishedWithTheirNumbersTooMany() throws {
    try withUnpacked("CUB_200_2011.tgz") { folder in
      let annotations = try CUBAnnotations(folder: folder.appendingPathComponent("CUB_200_2011").path)
      #expect(try annotations.attributeNames()?[1] == "has_bill_shape::curved_(up_or_down)")
      #expect(try annotations.certaintyNames() == ["not visible", "guessing", "probably", "definitely"])
      let labels = try #require(try annotations.attributeLabels())
      #expect(labels.count == 12 * 4 && labels.count { $0.isPresent } == 16)
      #expect(labels[0] == .init(isPresent: true, certainty: 1, seconds: 0.05))
      // With one zero and with two zeros before the time.
      #expect(labels[4 * 4 + 1] == .init(isPresent: false, certainty: 2, seconds: 4.15))
      #expect(labels[9 * 4 + 2] == .init(isPresent: false, certainty: 4, seconds: 9.25))
      #expect(try annotations.classAttributes()?[2] == [25, 31.25, 37.5, 43.75])
      let text = try annotations.summary()
      #expect(
        text.hasPrefix("12 boxes, 3 parts, 24 centres of parts to be seen, 72 clicks, 4 attributes, 4 certainties, "))
      #expect(text.hasSuffix("48 labels of attributes (16 present), attributes of 3 classes"))
    }
  }

  @Test func whatIsNotThereIsNotAnError() throws {
    try withUnpacked("CUB_200_2011.tgz") { folder in
      let files = FileManager.default
      let root = folder.appendingPathComponent("CUB_200_2011")
      let annotations = try CUBAnnotations(folder: root.path)
      try files.removeItem(at: root.appendingPathComponent("parts/part_click_locs.txt"))
      try files.moveItem(
        at: folder.appendingPathComponent("attributes.txt"),
        to: root.appendingPathComponent("attributes/attributes.txt"))
      #expect(try annotations.clicks() == nil && annotations.parts() != nil && annotations.attributeLabels() != nil)
      #expect(try annotations.summary().hasSuffix("; not there: parts/part_click_locs.txt"))
      try files.removeItem(at: root.appendingPathComponent("attributes/attributes.txt"))
      #expect(try annotations.attributeLabels() == nil && annotations.classAttributes() == nil)
      for name in ["attributes", "parts", "bounding_boxes.txt"] {
        try files.removeItem(at: root.appendingPathComponent(name))
      }
      // A file next to a folder without attributes is not part of the dataset.
      try Data("not for us".utf8).write(to: folder.appendingPathComponent("attributes.txt"))
      #expect(try annotations.attributeNames() == nil && annotations.boxes() == nil)
      #expect(try annotations.summary().hasPrefix("none; not there: bounding_boxes.txt, parts/parts.txt"))
    }
  }

  @Test(arguments: [
    ("bounding_boxes.txt", "5 6.0", "5 x", 5), ("bounding_boxes.txt", "5 6.0 3.0 14.0", "5 6.0 3.0 -14.0", 5),
    ("bounding_boxes.txt", "12 13.0 3.0 21.0 20.0\n", "", 11), ("bounding_boxes.txt", "5 6.0", "5 nan", 5),
    ("bounding_boxes.txt", "12 13.0 3.0 21.0 20.0\n", "12 13.0 3.0 21.0 20.0\n13 1 1 1 1\n", 13),
    ("parts/part_locs.txt", "1 2 1.0", "1 3 1.0", 2), ("parts/part_locs.txt", "1 2 1.0 2.5 1", "1 2 1.0 2.5 7", 2),
    ("parts/part_locs.txt", "12 2 0.0", "13 2 0.0", 35), ("parts/part_locs.txt", "12 3 13.0 4.5 1\n", "", 35),
    ("parts/parts.txt", "1 back\n2 beak\n3 belly\n", "", 1), ("parts/parts.txt", "3 belly\n", "", 3),
    ("parts/part_click_locs.txt", "1 1 0.0 0.0 0 0.5\n", "2 1 0.0 0.0 0 0.5\n", 2),
    ("parts/part_click_locs.txt", "1 2 1.0 2.5 1 0.25", "1 4 1.0 2.5 1 0.25", 2),
    ("parts/part_click_locs.txt", "1 2 1.0 2.5 1 0.25", "1 2 1.0 2.5 1", 2),
    ("parts/part_click_locs.txt", "1 2 1.0 2.5 1 0.25", "1 2 1.0 2.5 2 0.25", 2),
    ("../attributes.txt", "2 has", "3 has", 2), ("../attributes.txt", "4 has_size::tiny\n", "", 4),
    ("attributes/certainties.txt", "4 definitely\n", "", 4),
    ("attributes/image_attribute_labels.txt", "1 1 1 1 0.05", "1 1 2 1 0.05", 1),
    ("attributes/image_attribute_labels.txt", "1 1 1 1 0.05", "1 1 1 5 0.05", 1),
    ("attributes/image_attribute_labels.txt", "1 1 1 1 0.05", "1 1 1 1", 1),
    ("attributes/image_attribute_labels.txt", "1 1 1 1 0.05", "1 1 1 1 0 0 0 0.05", 1),
    ("attributes/image_attribute_labels.txt", "5 2 0 2 0 4.15\n", "", 18),
    ("attributes/class_attribute_labels_continuous.txt", "\n25.0 31.25", "\n25.0", 3),
    ("attributes/class_attribute_labels_continuous.txt", "\n25.0 31.25", "\n25.0 131.25", 3),
    ("attributes/class_attribute_labels_continuous.txt", "25.0 31.25 37.5 43.75\n", "", 2),
  ]) func damageIsNamed(_ name: String, _ text: String, _ replacement: String, _ line: Int) throws {
    try withUnpacked("CUB_200_2011.tgz") { folder in
      let path = folder.appendingPathComponent("CUB_200_2011/" + name)
      let whole = try String(contentsOf: path, encoding: .utf8)
      let place = try #require(whole.range(of: text))
      try whole.replacingCharacters(in: place, with: replacement).write(to: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: DatasetError.self) { try CUBAnnotations(folder: folder.path).summary() }
      guard case .invalidAnnotation(_, line, _, _)? = error else {
        Issue.record("expected line \(line), found \(error.map(String.init(describing:)) ?? "no error")")
        return
      }
    }
  }

  @Test func clicksThatEndTooSoonAreNoticed() throws {
    try withUnpacked("CUB_200_2011.tgz") { folder in
      let path = folder.appendingPathComponent("CUB_200_2011/parts/part_click_locs.txt")
      let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("12 ") }
      try lines.joined(separator: "\n").write(to: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: DatasetError.self) { try CUBAnnotations(folder: folder.path).clicks() }
      #expect(error?.description.contains("clicks on all 12 images, found an end at image 11") == true)
    }
  }

  @Test func whatAFileSaysDoesNotMoveTheCursor() {
    let error = DatasetError.invalidAnnotation(file: "a", line: 1, expected: "b", found: "\u{1B}[2Jc")
    #expect(
      error.description
        == "a, line 1: expected b, found <escape>[2Jc. Correct the file, or unpack the original archive again.")
  }

  @Test func numbersAreReadAsTheyAreWritten() throws {
    try withTemporaryFolder { folder in
      let words = ["0", "27.708", "-1.5", "1e3", ".5", "5.", "0.1234567890123456789", "123456789012345678"]
      let file = folder.appendingPathComponent("numbers.txt")
      try "\n \n\(words.joined(separator: " \t"))\r\n1 nan\n1 .\n1 2 3 4 5 6 7 8 9".write(
        to: file, atomically: true, encoding: .utf8)
      var lines: [[Double]] = []
      try NumberLines(path: file.path).each(upTo: 8) {
        lines.append($0)
        return nil
      }
      #expect(lines == [words.compactMap { $0 == "5." ? 5 : Double($0) }, [], [], []])
    }
  }
}

@Suite struct PublishedTests {
  @Test func namesAreSoMany() {
    #expect(Published.cub.classNames.count == 200 && Set(Published.cub.classNames).count == 200)
    #expect(Published.aircraft.classNames.count == 100 && Set(Published.aircraft.classNames).count == 100)
    #expect(Published.cars.classNames.count == 196 && Set(Published.cars.classNames).count == 196)
    #expect(Published.cub.classNames[199] == "200.Common_Yellowthroat")
    #expect(Published.aircraft.classNames[99] == "Yak-42" && Published.cars.classNames[195].hasPrefix("smart"))
  }

  @Test func differencesAreNamed() throws {
    let published = Published.cub
    func found(_ names: [String], _ train: Int, _ test: Int) -> String? {
      do throws(DatasetError) {
        try published.check(classNames: names, train: train, test: test, in: "x")
        return nil
      } catch { return error.description }
    }
    let names = published.classNames
    #expect(found(names, 5994, 5794) == nil)
    #expect(found(names, 5993, 5795)?.contains("training images: expected 5994, found 5993") == true)
    #expect(found(names, 5994, 5793)?.contains("test images: expected 5794, found 5793") == true)
    #expect(found(Array(names.dropLast()), 5994, 5794)?.contains("classes: expected 200, found 199") == true)
    #expect(found(Array(names.dropFirst()), 5994, 5794)?.contains("the name of class 1:") == true)
    #expect(found(names.map { $0 == "017.Cardinal" ? "017.Cardinals" : $0 }, 5994, 5794)?.contains("class 17") == true)
    #expect(found(["001.Marsh_Teal"], 2, 1) == nil, "another dataset in the same layout")
  }
}
