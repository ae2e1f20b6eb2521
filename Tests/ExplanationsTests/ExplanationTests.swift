import Datasets
import Experiments
import Foundation
import Layers
import Models
import Operators
import Records
import Tensors
import TestSupport
import Testing

@testable import Explanations

@Suite struct ExplanationTests {
  @Test func stagesAndAnswersAreTheModels() throws {
    let models = try TrainedModels([.s3n])
    let model = try models.model(.s3n)
    let images = try models.dataset.annotated().testing(on: Array(models.dataset.test.prefix(2)))
    let explanations = try Explanation.all(of: model, on: images)
    let evaluation = try model.evaluate(on: images)
    #expect(explanations.map(\.sample) == images.test)
    for explanation in explanations {
      let own = evaluation.predictions.filter { $0.sample == explanation.sample }
      #expect(explanation.answers.map(\.head) == own.map(\.head))
      #expect(explanation.answers.map { $0.top[0].label } == own.map(\.predicted))
      #expect(explanation.answers.map { $0.top[0].probability } == own.map(\.probability))
      #expect(explanation.response.shape == [1, 31, 31] && explanation.image.shape == [1, 64, 64, 3])
      #expect(explanation.views.map(\.branch) == Branch.allCases && explanation.annotation != nil)
      // The model's last epoch tests with p = 2: one peak each, the strongest for D.
      let peaks = try #require(explanation.peaks[.all])
      #expect(explanation.peaks[.discriminative]?.map(\.strength) == [peaks.map(\.strength).max() ?? 0])
      #expect(explanation.peaks[.complementary]?.map(\.strength) == [peaks.map(\.strength).min() ?? 0])
      let rows = explanation.peakRows
      #expect(rows.map(\.score) == peaks.map(\.strength) && rows.map(\.peak) == Array(1...peaks.count))
      #expect(rows.count { $0.branch != "none" } == (peaks.count == 1 ? 1 : 2))
    }
    #expect(explanations[0].fileName(3).hasPrefix("03-Plain_Birdlet_"))
  }

  @Test func equalInputsMakeEqualSheets() throws {
    let models = try TrainedModels([.s3n])
    let model = try models.model(.s3n)
    let images = try models.dataset.annotated().testing(on: Array(models.dataset.test.prefix(2)))
    func sheet() throws -> (data: String, script: String, png: [UInt8]) {
      let sheet = ExplanationSheet(try Explanation.all(of: model, on: images), classNames: images.classNames)
      let figure = try sheet.figure(name: "sheet", title: "title", subtitle: "subtitle", rule: "the rule")
      return (figure.data, figure.script, figure.pictures[0].png)
    }
    let (first, second) = try (sheet(), sheet())
    #expect(first == second && first.png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    for words in ["the rule", "joint head", "Grad-CAM", "attention C", "right,", "box,", "grid,", "discriminative,"] {
      #expect(first.data.contains(words), "\(words) is not on the sheet")
    }
  }

  /// By definition, the channels' weights are the gradient's means over the cells.
  @Test func gradCAMIsThatOfItsDefinition() {
    var generator = SeededGenerator(seed: 1, purpose: "features")
    func random(_ shape: [Int]) -> Tensor {
      Tensor((0..<shape.reduce(1, *)).map { _ in generator.uniform() - 0.4 }, shape: shape)
    }
    let (features, weight, bias) = (random([1, 3, 4, 5]), random([6, 5]), random([6]))
    func logit(_ features: Tensor) -> Double {
      let pooled = globalAveragePool(Features(features))
      return Double(Linear.forward(pooled, weight: weight, bias: bias)[2])
    }
    let slopes = (0..<5).map { channel in
      (0..<12).reduce(0.0) { sum, cell in
        var (up, down) = (features, features)
        up[cell * 5 + channel] += 0.5
        down[cell * 5 + channel] -= 0.5
        return sum + (logit(up) - logit(down)) / 12
      }
    }
    let map = GradCAM.map(features, weight: weight, of: 2)
    #expect(map.shape == [1, 3, 4, 1] && map.elements.contains { $0 > 0 })
    for cell in 0..<12 {
      let expected = max(0, (0..<5).reduce(0.0) { $0 + slopes[$1] * Double(features[cell * 5 + $1]) })
      #expect(abs(Double(map[cell]) - expected) < 1e-4)
    }
  }

  @Test func topAnswersAreTheLargestAndEqualsKeepTheirOrder() {
    let top = Explanation.top([0, 2, 0, 1, 0, 0, 0])
    #expect(top.map(\.label) == [1, 3, 0, 2, 4])
    #expect(abs(Double(top[0].probability) - exp(2) / (exp(2) + exp(1) + 5)) < 1e-6)
    #expect(Explanation.top([1, 0]).count == 2)
  }

  @Test func coloursGetLighterInEvenSteps() {
    func lightness(_ colour: SIMD3<UInt8>) -> Double {
      let linear = (0..<3).map { channel -> Double in
        let value = Double(colour[channel]) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      // CIE 1976 lightness.
      let y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
      return y > 0.008856 ? 116 * cbrt(y) - 16 : 903.3 * y
    }
    let steps = (0...10).map { lightness(ColourMap.colour(Float($0) / 10)) }
    for (below, above) in zip(steps, steps.dropFirst()) { #expect((4...13).contains(above - below), "\(steps)") }
    #expect(ColourMap.colour(-1) == ColourMap.colour(0) && ColourMap.colour(7) == ColourMap.colour(1))
    #expect(ColourMap.colour(.nan) == SIMD3(repeating: 128))
  }

  // MARK: Which images

  @Test func rulesChooseByWhatBothModelsSay() throws {
    let samples = (0..<6).map { Sample(id: "\($0)", label: $0 % 3, number: $0 + 1) }
    // The logit of the image's own class; if it is negative, another class is predicted.
    func evaluation(_ own: [Float], other: (Int) -> Int = { ($0 + 1) % 3 }) -> Evaluation {
      var evaluation = Evaluation(heads: [.joint])
      let logits = samples.flatMap { sample -> [Float] in
        var row: [Float] = [0, 0, 0]
        row[sample.label] = own[sample.number - 1]
        if own[sample.number - 1] < 0 { row[other(sample.label)] = 0.1 }
        return row
      }
      let isFinite = evaluation.add([.joint: Tensor(logits, shape: [6, 3])], samples)
      #expect(isFinite)
      return evaluation
    }
    let model = evaluation([3, -1, 2, -2, 1, -3])
    let baseline = evaluation([-1, 1, 1, 1, -1, -1])
    func numbers(_ choice: ImageChoice) -> [Int] { choice.images(model, baseline: baseline).map(\.number) }
    #expect(numbers(.worst) == [6, 4, 2])
    #expect(numbers(.rescued) == [1, 5])
    #expect(numbers(.spoilt) == [4, 2])
    #expect(numbers(.random).sorted() == [1, 2, 3, 4, 5, 6] && numbers(.random) == numbers(.random))
    // Images 1 and 4 are of class 0, 2 and 5 of class 1, 3 and 6 of class 2.
    let confused = evaluation([1, -1, -1, 1, -3, 1])
    #expect(ImageChoice.confused.images(confused).map(\.number) == [5, 2, 3])
    #expect(
      ImageChoice.rescued.words(shown: 2, of: 9, model: "s3n-seed1", baseline: "baseline-seed1")
        == "2 of 9 test images that baseline-seed1 names wrong and s3n-seed1 right, the surest first.")
  }

  @Test func imagesOfOnesOwnHaveNoLabel() throws {
    let models = try TrainedModels([.s3n])
    let model = try models.model(.s3n)
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("a bird.png").path
    try Data(RGBImage(width: 50, height: 40, colour: [200, 30, 30]).png()).write(to: URL(fileURLWithPath: file))
    let names = try #require(model.classNames)
    let images = Dataset(
      name: "images", classNames: names, train: [], test: [Sample(id: file, label: 0, number: 1)],
      images: FolderImages(folder: ""))
    let explanation = try #require(try Explanation.all(of: model, on: images, isLabelled: false).first)
    #expect(explanation.annotation == nil && explanation.fileName(1) == "01-a_bird")
    let figure = try ExplanationSheet([explanation], classNames: names)
      .figure(name: "a", title: "", subtitle: "", rule: "")
    #expect(!figure.data.contains("right,") && figure.data.contains("a bird.png"))
  }
}
