import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct BirdletsTests {
  @Test func anyTwoClassesDifferInTwoPartsAtLeast() {
    #expect(Marks.ofClasses.count == 16)
    for (index, first) in Marks.ofClasses.enumerated() {
      for second in Marks.ofClasses[(index + 1)...] {
        #expect(first.symmetricDifference(second).rawValue.nonzeroBitCount >= 2)
      }
    }
    for part in 0..<5 { #expect(Marks.ofClasses.filter { $0.rawValue >> part & 1 == 1 }.count == 8) }
    #expect(Set(Birdlets.classNames).count == 16)
  }

  @Test func aPictureDependsOnSeedAndNumberOnly() {
    let birdlets = Birdlets(size: 48)
    #expect(birdlets.picture(7) == birdlets.picture(7))
    #expect(birdlets.picture(7) != birdlets.picture(8))
    #expect(birdlets.picture(7) != Birdlets(seed: 2, size: 48).picture(7))
  }

  /// The same scene with another mark differs in a small, connected place only.
  @Test(arguments: [Marks.crown, .eyeRing, .wingBars, .longBeak, .tailBand])
  private func aMarkIsSmall(_ mark: Marks) {
    for seed in 1...10 as ClosedRange<UInt64> {
      func render(_ marks: Marks) -> RGBImage {
        var generator = SeededGenerator(seed: seed, purpose: "test")
        return BirdletRenderer.render(marks, size: 128, using: &generator)
      }
      let (plain, marked) = (render([]), render(mark))
      let changed = (0..<128 * 128).filter { plain[$0 % 128, $0 / 128] != marked[$0 % 128, $0 / 128] }
      let (columns, rows) = (changed.map { $0 % 128 }, changed.map { $0 / 128 })
      let width = (columns.max() ?? 0) - (columns.min() ?? 0)
      let height = (rows.max() ?? 0) - (rows.min() ?? 0)
      #expect(changed.count > 12 && changed.count < 128 * 128 / 40)
      #expect(width < 128 / 4 && height < 128 / 4)
    }
  }

  @Test func theBirdLiesInItsBoundingBox() {
    let birdlets = Birdlets(size: 100, trainPerClass: 1, testPerClass: 1)
    for number in 1...32 {
      let box = birdlets.boundingBox(number)
      #expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= 100 && box.y + box.height <= 100)
      #expect(box.width > 40 && box.height > 25)
    }
  }

  @Test func theRenderedFolderIsReadAsCUB() throws {
    try withTemporaryFolder { folder in
      let birdlets = Birdlets(size: 40, trainPerClass: 2, testPerClass: 1)
      let path = folder.appendingPathComponent("new/birdlets").path
      try birdlets.write(to: path)
      let dataset = try Dataset.open("cub", folder: path).verified().dataset
      let embedded = try birdlets.dataset()
      #expect(dataset.classNames == embedded.classNames)
      #expect(dataset.train == embedded.train && dataset.test == embedded.test)
      let (written, painted) = try (dataset.image(dataset.test[3]), embedded.image(embedded.test[3]))
      let error = zip(written.pixels, painted.pixels).map { abs(Int($0) - Int($1)) }.reduce(0, +)
      #expect(error < 12 * painted.pixels.count)
      #expect(throws: DatasetError.self) { try birdlets.write(to: path) }
    }
  }

  @Test func unwritableFoldersAreNamed() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      let error = #expect(throws: DatasetError.self) { try Birdlets(size: 16).write(to: file.path + "/inside") }
      #expect(error?.fault == .output)
      #expect(error?.description.contains(file.path) == true)
    }
  }

  @Test func theContactSheetShowsEveryClass() throws {
    let dataset = try Birdlets(size: 32, trainPerClass: 1, testPerClass: 2).dataset()
    let sheet = try ContactSheet(perClass: 2, thumbnail: 32, columns: 4).image(of: dataset)
    #expect(sheet.width == 4 * (2 * 32 + 4 + 16) + 16)
    #expect(sheet.height == 4 * (26 + 32 + 16) + 16)
    let first = try dataset.image(dataset.test[0])
    #expect(sheet[16 + 5, 16 + 26 + 7] == first[5, 7])
  }
}
