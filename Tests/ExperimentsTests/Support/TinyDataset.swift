import Datasets
import Experiments
import Foundation
import Models

/// Small in-memory images, with a different colour per class.
struct ColouredImages: ImageSource {
  func image(of sample: Sample, using decoder: ImageDecoder) -> RGBImage {
    let pixels = (0..<40 * 36 * 3).map { position in
      position % 3 == sample.label % 3 ? UInt8(200 + (sample.number * 7 + position) % 50) : UInt8(position % 90)
    }
    return RGBImage(width: 40, height: 36, pixels: pixels)
  }
  func verify(_ sample: Sample, using decoder: ImageDecoder) {}
  func version(of dataset: Dataset) -> String { "1" }
  var reading: String { "" }
}

extension Dataset {
  static func tiny(classes: Int = 3, train: Int = 7, test: Int = 5, isAnnotated: Bool = true) -> Dataset {
    let box = Annotation(box: .init(x: 10, y: 12, width: 14, height: 16))
    let boxes = Annotations(byNumber: Dictionary(uniqueKeysWithValues: (1...train + test).map { ($0, box) }))
    func samples(_ range: Range<Int>, from first: Int) -> [Sample] {
      range.map { Sample(id: "\($0).jpg", label: $0 % classes, number: first + $0) }
    }
    return Dataset(
      name: "tiny", classNames: (0..<classes).map { "class \($0)" }, train: samples(0..<train, from: 1),
      test: samples(0..<test, from: 1 + train), images: ColouredImages(),
      readAnnotations: { isAnnotated ? boxes : nil })
  }
}

extension Recipe {
  /// A recipe with which a whole ablation takes seconds.
  static let tiny: Recipe = {
    var recipe = Recipe.quick
    recipe.startsPretrained = false
    recipe.backbone = ResNetConfiguration(name: "tiny", block: .basic, layers: [1, 1, 1, 1], width: 8)
    recipe.size = 32
    recipe.batch = 4
    recipe.samplingSchedule = Schedule(epochs: 2, decayEpoch: 1, splitEpoch: 1)
    recipe.baselineSchedule = recipe.samplingSchedule
    return recipe
  }()
}
