import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct AnnotationTests {
  /// Transforms a white dot on black together with its annotation.
  @Test(arguments: [Transform.randomResizedCrop(size: 64), .resizeCentreCrop(resize: 80, crop: 64)])
  private func pointsGoWhereTheDotGoes(_ transform: Transform) throws {
    var visible = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed, purpose: "dot")
      var image = RGBImage(width: 150, height: 120, colour: [0, 0, 0])
      let (x, y) = (generator.below(140) + 5, generator.below(110) + 5)
      image.fill(Rectangle(x: x - 2, y: y - 2, width: 5, height: 5), [255, 255, 255])
      let geometry = transform.geometry(width: 150, height: 120, using: &generator)
      let seen = Resampler().resample(image, geometry)
      let point = Annotation.Point(Double(x) + 0.5, Double(y) + 0.5)
      let annotation = Annotation(
        box: .init(x: Double(x) - 2, y: Double(y) - 2, width: 5, height: 5), parts: [point, nil]
      )
      .seen(through: geometry)
      #expect(annotation.parts[1] == nil)

      // The dot's centre of mass, if the whole dot is visible.
      var (mass, sum) = (0.0, Annotation.Point.zero)
      for row in 0..<64 {
        for column in 0..<64 {
          let light = Double(seen[column, row].x)
          mass += light
          sum += light * Annotation.Point(Double(column) + 0.5, Double(row) + 0.5)
        }
      }
      guard let place = annotation.parts[0], place.min() > 4, place.max() < 60 else {
        if annotation.parts[0] == nil {
          #expect(geometry.place(of: point).min() < 0 || geometry.place(of: point).max() >= 64)
        }
        continue
      }
      visible += 1
      let off = sum / mass - place
      #expect(abs(off.x) < 0.35 && abs(off.y) < 0.35, "seed \(seed): off by \(off)")
      let box = try #require(annotation.box)
      #expect(abs(box.centre.x - place.x) < 1e-9 && abs(box.centre.y - place.y) < 1e-9)
    }
    #expect(visible > 10)
  }

  @Test func whatIsCroppedAwayIsNotSeenAndBoxesAreCutOff() {
    let geometry = Geometry(
      crop: Rectangle(x: 10, y: 0, width: 20, height: 40), width: 40, height: 40,
      window: Rectangle(x: 0, y: 0, width: 40, height: 40), flipped: true)
    let annotation = Annotation(box: .init(x: 5, y: 10, width: 10, height: 10), parts: [.init(9, 3), .init(11, 3)])
    let seen = annotation.seen(through: geometry)
    #expect(seen.parts == [nil, .init(38, 3)])
    #expect(seen.box == .init(x: 30, y: 10, width: 10, height: 10))
    #expect(Annotation(box: .init(x: 0, y: 0, width: 9, height: 9)).seen(through: geometry).box == nil)
    // Distances are measured in box sides, so a nearly empty box would make them arbitrary.
    #expect(Annotation(box: .init(x: 30, y: 30, width: 1e-9, height: 1e-9)).seen(through: geometry).box == nil)
  }

  @Test func placesAreThePartsOrTheBoxsCentre() {
    let box = Annotation.Box(x: 2, y: 4, width: 6, height: 8)
    #expect(Annotation(box: box).places == [.init(5, 8)])
    #expect(Annotation(box: box, parts: [nil, .init(1, 1)]).places == [.init(1, 1)])
    #expect(Annotation(box: box, parts: [nil]).places == [])
    #expect(Annotation(box: nil).places == [])
  }

  @Test func batchesCarryAnnotationsInTheNetworksCoordinates() throws {
    let dataset = try Birdlets(size: 64, trainPerClass: 2, testPerClass: 1).dataset().annotated()
    let known = try #require(dataset.annotations)
    let loader = Loader(
      dataset, split: .test, transform: .resizeCentreCrop(resize: 40, crop: 32), batch: 8, seed: 1, epoch: 0)
    let batch = try #require(try loader.next())
    for (sample, annotation) in zip(batch.samples, batch.annotations) {
      let (whole, seen) = try (#require(known[sample]), #require(annotation))
      for (part, place) in zip(whole.parts, seen.parts) {
        guard let part, let place else { continue }
        let expected = part * 40 / 64 - 4
        #expect(abs(place.x - expected.x) < 1e-9 && abs(place.y - expected.y) < 1e-9)
      }
    }
    let plain = try Birdlets(size: 64, trainPerClass: 2, testPerClass: 1).dataset()
    let without = Loader(
      plain, split: .test, transform: .resizeCentreCrop(resize: 40, crop: 32), batch: 8, seed: 1, epoch: 0)
    #expect(try without.next()?.annotations.allSatisfy { $0 == nil } == true)
  }

  @Test func boxesOfCarsAndOfAircraftCountPixelsFromOne() throws {
    #expect(Annotation.Box([1, 2, 10, 20]) == .init(x: 0, y: 1, width: 10, height: 19))
    // A file may contain any numbers.
    #expect(Annotation.Box([.min, .min, .max, .max]).width > 1.8e19)
  }

  @Test func heldOutImagesComeFromTheTrainingImagesAlone() throws {
    let whole = try Birdlets(size: 16, trainPerClass: 8, testPerClass: 3).dataset()
    let held = try whole.holdingOut(oneIn: 4)
    #expect(held.train.count == 16 * 6 && held.test.count == 16 * 2)
    #expect(Set(held.train).union(held.test) == Set(whole.train))
    for label in 0..<16 { #expect(held.test.count { $0.label == label } == 2) }
    let single = try Birdlets(size: 16, trainPerClass: 1, testPerClass: 1).dataset()
    #expect { try single.holdingOut(oneIn: 2) } throws: { "\($0)".contains("a class has only 1") }
    for count in [0, 1, 9] {
      #expect(throws: DatasetError.cannotHoldOut(oneIn: count, fewest: 8)) { try whole.holdingOut(oneIn: count) }
    }
  }
}
