import CKernels
import Tensors
import Testing

@testable import Datasets

@Suite struct TransformTests {
  private let ratio = 3.0 / 4...4.0 / 3

  @Test(arguments: [(500, 375), (333, 500), (64, 64), (7, 5), (2, 2)])
  func randomCropsKeepTheirPromises(_ width: Int, _ height: Int) {
    var generator = SeededGenerator(seed: 5, purpose: "crops")
    var places: Set<Int> = []
    for _ in 0..<500 {
      let crop = Rectangle.randomCrop(width: width, height: height, scale: 0.5...1, ratio: ratio, using: &generator)
      #expect(crop.x >= 0 && crop.y >= 0 && crop.x + crop.width <= width && crop.y + crop.height <= height)
      // Half a pixel of rounding on each side.
      let (w, h) = (Double(crop.width), Double(crop.height))
      #expect((w + 0.5) * (h + 0.5) >= 0.5 * Double(width * height))
      #expect((w + 0.5) / (h - 0.5) >= ratio.lowerBound && (w - 0.5) / (h + 0.5) <= ratio.upperBound)
      places.insert(crop.x * 10_000 + crop.y)
    }
    #expect(places.count > min(width, 50) / 3)
  }

  /// Python: torchvision.transforms.RandomResizedCrop.get_params on images that no attempt fits.
  @Test(arguments: [
    (200, 2, Rectangle(x: 98, y: 0, width: 3, height: 2)), (2, 200, Rectangle(x: 0, y: 98, width: 2, height: 3)),
    (1000, 10, Rectangle(x: 493, y: 0, width: 13, height: 10)), (1, 100, Rectangle(x: 0, y: 49, width: 1, height: 1)),
    (1, 1, Rectangle(x: 0, y: 0, width: 1, height: 1)),
  ]) func theFallBackIsCentral(_ width: Int, _ height: Int, _ expected: Rectangle) {
    #expect(Rectangle.largestCentral(width: width, height: height, ratio: ratio) == expected)
    var generator = SeededGenerator(seed: 1, purpose: "crops")
    guard max(width, height) > 100 else { return }
    let crop = Rectangle.randomCrop(width: width, height: height, scale: 0.5...1, ratio: ratio, using: &generator)
    #expect(crop == expected)
  }

  @Test func halvesAreRoundedToEvenAsPythonDoes() {
    #expect(Rectangle.centre(of: 33, 36, size: 32) == Rectangle(x: 0, y: 2, width: 32, height: 32))
    #expect(Rectangle.centre(of: 35, 37, size: 32) == Rectangle(x: 2, y: 2, width: 32, height: 32))
    #expect(Rectangle.centre(of: 600, 600, size: 448) == Rectangle(x: 76, y: 76, width: 448, height: 448))
  }

  private func grain(_ width: Int, _ height: Int, seed: UInt64) -> RGBImage {
    var generator = SeededGenerator(seed: seed, purpose: "grain")
    let pixels = (0..<width * height * 3).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    return RGBImage(width: width, height: height, pixels: pixels)
  }

  /// Sizes that are no multiple of any vector width, both orders of the two passes, windows and flips.
  @Test func theFastPathEqualsThePlainSteps() {
    var generator = SeededGenerator(seed: 8, purpose: "geometries")
    for trial in 0..<120 {
      let image = grain(1 + generator.below(90), 1 + generator.below(90), seed: UInt64(trial))
      let crop = Rectangle(
        x: generator.below(image.width), y: generator.below(image.height), width: 0, height: 0)
      let (width, height) = (1 + generator.below(70), 1 + generator.below(70))
      let window = Rectangle(x: generator.below(width), y: generator.below(height), width: 0, height: 0)
      let geometry = Geometry(
        crop: Rectangle(
          x: crop.x, y: crop.y, width: 1 + generator.below(image.width - crop.x),
          height: 1 + generator.below(image.height - crop.y)),
        width: width, height: height,
        window: Rectangle(
          x: window.x, y: window.y, width: 1 + generator.below(width - window.x),
          height: 1 + generator.below(height - window.y)),
        flipped: trial % 2 == 0)
      let expected = ReferenceResampling.resample(image, geometry)
      for isa in [s3n_image_portable, s3n_image_avx2, s3n_image_avx512]
      where isa.rawValue <= s3n_image_best_isa().rawValue {
        #expect(Resampler(isa: isa).resample(image, geometry) == expected)
      }
    }
  }

  /// One resampler is used for images of different sizes.
  @Test func scratchMemoryCarriesNothingOver() {
    let resampler = Resampler()
    for (width, height) in [(80, 60), (5, 4), (61, 90), (1, 1), (90, 7)] {
      let image = grain(width, height, seed: 4)
      let geometry = Geometry(
        crop: Rectangle(x: 0, y: 0, width: width, height: height), width: 33, height: 21,
        window: Rectangle(x: 0, y: 0, width: 33, height: 21))
      #expect(resampler.resample(image, geometry) == ReferenceResampling.resample(image, geometry))
    }
  }

  @Test func transformsHaveTheirSizeAndRange() {
    let image = grain(50, 40, seed: 1)
    for transform in [Transform.randomResizedCrop(size: 24), .resizeCentreCrop(resize: 32, crop: 24)] {
      var generator = SeededGenerator(seed: 1, purpose: "augment")
      let result = transform(image, using: &generator)
      #expect(result.shape == [24, 24, 3] && transform.size == 24)
      #expect(result.elements.allSatisfy { $0 > -2.2 && $0 < 2.7 })
    }
    var (one, two) = (SeededGenerator(seed: 1, purpose: "a"), SeededGenerator(seed: 2, purpose: "a"))
    let test = Transform.resizeCentreCrop(resize: 32, crop: 24)
    #expect(test(image, using: &one).elements == test(image, using: &two).elements)
    let train = Transform.randomResizedCrop(size: 24)
    #expect(train(image, using: &one).elements != train(image, using: &two).elements)
  }

  @Test func flipsHappenAsOftenAsAsked() {
    func share(_ probability: Double) -> Int {
      (0..<400).filter {
        var generator = SeededGenerator(seed: 1, purpose: "augment", $0)
        return Transform.randomResizedCrop(size: 8, flip: probability)
          .geometry(width: 20, height: 20, using: &generator).flipped
      }.count
    }
    #expect(share(0) == 0 && share(1) == 400)
    #expect((150...250).contains(share(0.5)))
  }

  @Test func normalizingCanBeUndone() {
    let image = grain(20, 10, seed: 9)
    var generator = SeededGenerator(seed: 1, purpose: "none")
    let tensor = Transform.resizeCentreCrop(resize: 10, crop: 10)(
      image.resized(width: 10, height: 10), using: &generator)
    #expect(RGBImage(tensor) == image.resized(width: 10, height: 10))
    #expect(RGBImage(Tensor(repeating: .nan, shape: [2, 2, 3])).pixels.allSatisfy { $0 == 0 })
  }
}
