import Layers
import Models
import Operators
import Testing
import Timing

@testable import Performance

@Suite struct WorkTests {
  /// Millions of multiply-adds for one 224 x 224 image without the classifier, as fvcore counts torchvision's models.
  @Test(arguments: [
    (ResNetConfiguration.resnet18, 1813.6), (.resnet34, 3663.3), (.resnet50, 4087.1), (.resnet101, 7799.4),
  ])
  func multiplyAddsAreThoseOfTheLiterature(_ configuration: ResNetConfiguration, millions: Double) {
    let work = ResNetWork(configuration, images: 1, height: 224, width: 224)
    #expect(abs(work.forward.flops / 2e6 - millions) < 0.002 * millions)
  }

  @Test(arguments: [ResNetConfiguration.resnet18, .resnet50], [(64, 64), (97, 130)])
  func layersAreThoseOfTheModel(_ configuration: ResNetConfiguration, _ size: (Int, Int)) {
    let work = ResNetWork(configuration, images: 1, height: size.0, width: size.1)
    let model = ResNet(configuration, by: Initialization(seed: 0))
    let weights = model.parameters.filter { $0.value.shape.count == 4 }.map(\.value.shape)
    let counted: [[Int]] = work.convolutions.map(\.geometry.weightShape)
    #expect(counted.map(\.description).sorted() == weights.map(\.description).sorted())
    let features = model.evaluate(.zeros([1, size.0, size.1, 3]))
    #expect(work.features == features.shape)
  }

  @Test func trainingIsThreeTimesForwardButForTheImagesGradient() {
    let work = ResNetWork(.resnet50, images: 2, height: 96, width: 96)
    let forward = work.forward.flops
    #expect(work.backward(needsImages: true).flops == 2 * forward)
    #expect(work.backward(needsImages: false).flops == 2 * forward - work.convolutions[0].flops)
    #expect(work.backward(needsImages: true).bytes > 2 * work.forward.bytes)
    #expect(work.forward.bytes > work.evaluate.bytes)
  }

  @Test func anS3NImageIs106GigaflopsForwardAnd317InTraining() {
    let configuration = S3NConfiguration(backbone: .resnet50, classes: 200)
    func step(_ phase: Phase) -> Work {
      ModelWork(s3n: configuration, images: 1, size: 448, phase: phase, parameters: 101_900_000).step
    }
    #expect(abs(step(.infer).flops / 1e9 - 105.6) < 1)
    #expect(abs(step(.train).flops / 1e9 - 317) < 2)
  }

  @Test func workGrowsWithImages() {
    let configuration = S3NConfiguration(backbone: .resnet18, classes: 20)
    let one = ModelWork(s3n: configuration, images: 1, size: 96, phase: .infer, parameters: 0)
    let four = ModelWork(s3n: configuration, images: 4, size: 96, phase: .infer, parameters: 0)
    #expect(four.step.flops == 4 * one.step.flops)
    #expect(four.step.bytes < 4 * one.step.bytes)
    #expect(one[.step] == one.stages.values.reduce(.none, +))
    #expect(one[.update] == nil)
    #expect(one[.backwardOriginal] == nil)
  }

  @Test func smoothingIsCountedByItsMethod() {
    func forward(_ method: SmoothingMethod, grid: Int) -> Double {
      SmoothingWork(method, images: 1, gridSide: grid, filterSide: 2 * grid - 1).forward.flops
    }
    let products: Double = 3 * 31 * 31 * 61 * 61
    #expect(forward(.direct, grid: 31) == 2 * products)
    for grid in [31, 63] {
      #expect(forward(.direct, grid: grid) > 10 * forward(.separable, grid: grid))
      #expect(forward(.direct, grid: grid) > 5 * forward(.fft, grid: grid))
    }
  }
}
