import Foundation
import TestSupport
import Testing

@testable import Datasets

private let name = "fgvc-aircraft-2013b.tar.gz"

private func opened(_ folder: URL, _ dataset: String = "aircraft") throws -> Dataset {
  try Dataset.open(dataset, folder: folder.path)
}

@Suite struct AircraftTests {
  @Test(arguments: ["", "fgvc-aircraft-2013b", "fgvc-aircraft-2013b/data"])
  func theFolderOrOnesAroundItAreTaken(_ inner: String) throws {
    try withUnpacked(name) { folder in
      let dataset = try opened(folder.appendingPathComponent(inner))
      #expect(dataset.classNames == ["A1-100", "A1-200", "Kite 7", "P/Q-8"])
      #expect(dataset.train.map(\.label) == [0, 1, 2, 3, 0, 1, 2, 3] && dataset.test.map(\.label) == [0, 1, 2, 3])
      #expect(dataset.train[4].id == "1000010.jpg" && dataset.test[0].number == 9)
      #expect(dataset.brokenImages().isEmpty)
    }
  }

  @Test func levelsGroupTheSameImages() throws {
    try withUnpacked(name) { folder in
      let families = try opened(folder, "aircraft-family")
      #expect(families.classNames == ["A1", "Kite", "P-8"] && families.train.map(\.label) == [0, 0, 1, 2, 0, 0, 1, 2])
      let makers = try opened(folder, "aircraft-manufacturer")
      #expect(makers.classNames == ["Aeroworks", "Pioneer"] && makers.train.map(\.id) == families.train.map(\.id))
    }
  }

  @Test func theBannerIsCutOffUnlessItIsToBeKept() throws {
    try withUnpacked(name) { folder in
      let without = try opened(folder)
      var reading = Reading()
      reading.keepsBanner = true
      let with = try Dataset.open("aircraft", folder: folder.path, reading: reading)
      let (cut, whole) = (try without.image(without.test[0]), try with.image(with.test[0]))
      #expect(whole.height == 36 && cut.height == 16 && cut.width == whole.width)
      #expect(cut.pixels == Array(whole.pixels.prefix(cut.pixels.count)))
    }
  }

  @Test func imagesThatAreAllBannerAreBroken() throws {
    try withUnpacked(name) { folder in
      let dataset = try opened(folder)
      let path = folder.appendingPathComponent("fgvc-aircraft-2013b/data/images/" + dataset.test[0].id)
      let small = RGBImage(width: 30, height: 20, colour: [1, 2, 3])
      try Data(small.jpeg()).write(to: path)
      let error = #expect(throws: DatasetError.self) { try dataset.image(dataset.test[0]) }
      #expect(error?.description.contains("20 rows") == true)
      // The check finds it in advance, not only when it is loaded.
      #expect(
        dataset.brokenImages() == [
          BrokenImage(path: path.path, reason: "it has 20 rows, expected more than the 20 cut off")
        ])
      let (rest, left) = try dataset.verified(skipBroken: true)
      #expect(left.count == 1 && rest.test.count == dataset.test.count - 1)
    }
  }

  @Test(arguments: [
    ("images_variant_trainval.txt", "1000000 A1-100\n", "1000000 A9\n"),
    ("images_variant_trainval.txt", "1000000 A1-100\n", "1000000\n"),
    ("images_variant_trainval.txt", "1000000 A1-100\n", "../00 A1-100\n"),
    ("images_variant_test.txt", "1000020 A1-100\n", "1000000 A1-100\n"),
    ("variants.txt", "A1-200\n", "A1-100\n"), ("variants.txt", "A1-100\n", ""),
  ]) func damagedAnnotationsAreNamed(_ file: String, _ text: String, _ replacement: String) throws {
    try withUnpacked(name) { folder in
      let path = folder.appendingPathComponent("fgvc-aircraft-2013b/data/" + file)
      let whole = try String(contentsOf: path, encoding: .utf8)
      try whole.replacingOccurrences(of: text, with: replacement).write(to: path, atomically: true, encoding: .utf8)
      guard case .invalidAnnotation? = #expect(throws: DatasetError.self, performing: { try opened(folder) }) else {
        Issue.record("no error for \(file)")
        return
      }
    }
  }

  @Test func aForeignFolderSaysWhatWasExpected() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: DatasetError.self) { try opened(folder) }
      #expect(error?.description.contains("images_variant_trainval.txt") == true && error?.fault == .data)
    }
  }
}
