import Foundation
import Tensors
import TestSupport
import Testing

@testable import Datasets

@Suite struct BirdletsTests {
  @Test func flippedMarksChangeThePictureAroundThemAlone() throws {
    let birdlets = Birdlets(size: 96, trainPerClass: 1, testPerClass: 2)
    let whole = try birdlets.dataset(classes: ClassSelection("2-3")).annotated()
    #expect(try birdlets.flipped([], classes: ClassSelection("2-3")).image(whole.test[0]) == whole.image(whole.test[0]))
    for part in Birdlets.markedParts.indices {
      let flipped = try birdlets.flipped([part], classes: ClassSelection("2-3"))
      #expect(flipped.test == whole.test && flipped.classNames == whole.classNames)
      for sample in whole.test {
        guard let place = whole.annotations?[sample]?.parts[part] else { continue }
        let (before, after) = try (whole.image(sample), flipped.image(sample))
        var changed: [Annotation.Point] = []
        for y in 0..<96 {
          for x in 0..<96 where before[x, y] != after[x, y] { changed.append(.init(Double(x) + 0.5, Double(y) + 0.5)) }
        }
        #expect(!changed.isEmpty, "\(sample.id): \(Birdlets.markedParts[part])")
        // The longest mark, a beak, reaches a head's width from its centre.
        for point in changed { #expect(((point - place) * (point - place)).sum() < 12 * 12) }
      }
    }
  }

  @Test func flippingTwoMarksLeadsToAnotherClassAndFlippingOneToNone() throws {
    let birdlets = Birdlets()
    for name in birdlets.classNames {
      let other = try #require(birdlets.className(flipping: [1, 4], of: name))
      #expect(birdlets.className(flipping: [1], of: name) == nil)
      for part in Birdlets.markedParts.indices {
        let isFlipped = birdlets.bears(part: part, className: name) != birdlets.bears(part: part, className: other)
        #expect(isFlipped == (part == 1 || part == 4))
      }
    }
  }

  @Test func anyTwoClassesDifferInTwoPartsAtLeast() {
    #expect(Marks.ofClasses.count == 16)
    for (index, first) in Marks.ofClasses.enumerated() {
      for second in Marks.ofClasses[(index + 1)...] {
        #expect(first.symmetricDifference(second).rawValue.nonzeroBitCount >= 2)
      }
    }
    for part in 0..<5 { #expect(Marks.ofClasses.filter { $0.rawValue >> part & 1 == 1 }.count == 8) }
    #expect(Marks.ofOtherClasses.count == 16 && Set(Marks.ofOtherClasses).isDisjoint(with: Marks.ofClasses))
    for kind in [Birdlets(), .pretraining] { #expect(Set(kind.classNames).count == 16) }
  }

  @Test func aPictureDependsOnSeedAndNumberOnly() {
    let birdlets = Birdlets(size: 48)
    #expect(birdlets.picture(7) == birdlets.picture(7))
    #expect(birdlets.picture(7) != birdlets.picture(8))
    #expect(birdlets.picture(7) != Birdlets(seed: 2, size: 48).picture(7))
  }

  /// The same scene with another mark differs only in a small, connected region.
  @Test(arguments: [Marks.crown, .eyeRing, .wingBars, .longBeak, .tailBand])
  private func aMarkIsSmall(_ mark: Marks) {
    let large = BirdScene.Style(scale: 0.42...0.54, margin: 0, behind: 6, before: 0)
    for seed in 1...10 as ClosedRange<UInt64> {
      func render(_ marks: Marks) -> RGBImage {
        var generator = SeededGenerator(seed: seed, purpose: "test")
        return BirdletRenderer.render(marks, large, size: 128, using: &generator)
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

  /// With and without all marks, a bird differs only within its box and near the marks' places.
  @Test(arguments: [BirdScene.Style.small, .various])
  private func marksAreWhereTheAnnotationsSay(_ style: BirdScene.Style) {
    let all: Marks = [.crown, .eyeRing, .wingBars, .longBeak, .tailBand]
    for seed in 1...20 as ClosedRange<UInt64> {
      func render(_ marks: Marks) -> RGBImage {
        var generator = SeededGenerator(seed: seed, purpose: "places")
        return BirdletRenderer.render(marks, style, size: 256, using: &generator)
      }
      var generator = SeededGenerator(seed: seed, purpose: "places")
      let scene = BirdScene(style, using: &generator)
      let (plain, marked, box) = (render([]), render(all), scene.anatomy.box(of: all))
      let unit = scene.anatomy.bird.scale * 256
      var changed: [SIMD2<Float>] = []
      for index in 0..<256 * 256 where plain[index % 256, index / 256] != marked[index % 256, index / 256] {
        changed.append(SIMD2(Float(index % 256) + 0.5, Float(index / 256) + 0.5))
      }
      let (low, high): (SIMD2<Float>, SIMD2<Float>) = (box.low * 256, box.high * 256)
      let places: [SIMD2<Float>] = scene.anatomy.markPlaces.map { $0 * 256 }
      for pixel in changed {
        let isNear = places.contains { length($0 - pixel) < 0.34 * unit }
        // Anti-aliasing lengthens the tip of a thin beak by some pixels.
        let smear = 2 + 0.06 * unit
        let isWithin = (pixel - low).min() > -smear && (high - pixel).min() > -smear
        #expect(isNear && isWithin, "\(pixel) of \(low) to \(high)")
      }
      for place in scene.anatomy.markPlaces where scene.isVisible(place) {
        let middle: SIMD2<Float> = place * 256
        #expect(changed.contains { length(middle - $0) < 0.12 * unit + 2 })
      }
    }
  }

  @Test func birdsStayWithinTheMarginAndOfManySizes() throws {
    let birdlets = Birdlets(size: 100, trainPerClass: 2, testPerClass: 2)
    let boxes = try (1...64).map { try #require(birdlets.annotation($0).box) }
    for box in boxes {
      #expect(box.x >= 6.5 && box.y >= 6.5 && box.x + box.width <= 93.5 && box.y + box.height <= 93.5)
    }
    let widths = boxes.map(\.width)
    #expect((widths.max() ?? 0) > 1.4 * (widths.min() ?? 100))
    #expect((1...64).contains { birdlets.annotation($0).parts.contains(nil) })
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
      let (read, known) = try (#require(dataset.annotated().annotations), #require(embedded.annotated().annotations))
      #expect(read.partNames == known.partNames && dataset.train.allSatisfy { read[$0] == known[$0] })
      let (written, painted) = try (dataset.image(dataset.test[3]), embedded.image(embedded.test[3]))
      let error = zip(written.pixels, painted.pixels).map { abs(Int($0) - Int($1)) }.reduce(0, +)
      #expect(error < 12 * painted.pixels.count)
      #expect(throws: DatasetError.self) { try birdlets.write(to: path) }
    }
  }

  @Test func eachKindIsRenderedAsItself() throws {
    for kind in [Birdlets.Kind.small, .pretraining] {
      let dataset = try Birdlets.rendered(kind, size: 16, perClass: 2).dataset()
      let embedded = try Dataset.open(kind.rawValue, folder: nil)
      #expect(dataset.classNames == embedded.classNames)
    }
    #expect(Birdlets.rendered(.pretraining).seed == Birdlets.pretraining.seed)
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
