import Foundation
import Testing

@testable import Datasets

@Suite struct CUBAnnotationTests {
  @Test func theArchivesLayout() throws {
    try withUnpacked("CUB_200_2011.tgz") { folder in
      let dataset = try Dataset.open("cub", folder: folder.path)
      #expect(dataset.train.count == 9 && dataset.test.count == 3 && dataset.classNames[2] == "003.Sea_Teal")
      let annotations = try CUBAnnotations(folder: folder.path)
      #expect(annotations.partNames == ["back", "beak", "belly"])
      #expect(annotations.boxes[4] == .init(x: 6, y: 3, width: 14, height: 20) && annotations.boxes.count == 12)
      #expect(annotations.parts[0] == [nil, .init(x: 1, y: 2.5), .init(x: 2, y: 4.5)])
      #expect(annotations.parts.count == 12)
    }
  }

  @Test(arguments: [
    ("bounding_boxes.txt", "5 6.0", "5 x"), ("bounding_boxes.txt", "5 6.0 3.0 14.0", "5 6.0 3.0 -14.0"),
    ("bounding_boxes.txt", "12 13.0 3.0 21.0 20.0\n", ""), ("bounding_boxes.txt", "5 6.0", "5 nan"),
    ("parts/part_locs.txt", "1 2 1.0", "1 3 1.0"), ("parts/part_locs.txt", "1 2 1.0 2.5 1", "1 2 1.0 2.5 7"),
    ("parts/part_locs.txt", "12 2 0.0", "13 2 0.0"), ("parts/part_locs.txt", "12 3 13.0 4.5 1\n", ""),
    ("parts/parts.txt", "1 back\n2 beak\n3 belly\n", ""), ("parts/parts.txt", "3 belly\n", ""),
  ]) func damageIsNamed(_ name: String, _ text: String, _ replacement: String) throws {
    try withUnpacked("CUB_200_2011.tgz") { folder in
      let path = folder.appendingPathComponent("CUB_200_2011/" + name)
      let whole = try String(contentsOf: path, encoding: .utf8)
      #expect(whole.contains(text))
      try whole.replacingOccurrences(of: text, with: replacement).write(to: path, atomically: true, encoding: .utf8)
      let error = #expect(throws: DatasetError.self) { try CUBAnnotations(folder: folder.path) }
      guard case .invalidAnnotation? = error else {
        Issue.record("no error")
        return
      }
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
