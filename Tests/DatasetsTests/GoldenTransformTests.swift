import CKernels
import Foundation
import Testing

@testable import Datasets

/// One case of cases.json: the steps that Pillow took, and the location of the result.
private struct GoldenCase: Decodable, CustomTestStringConvertible, Sendable {
  var source: String
  var crop: [Int]?
  var resize: [Int]?
  var centreCrop: Int?
  var flip: Bool?
  var normalize: Bool?
  var size: [Int]
  var expected: String

  var testDescription: String { "\(expected) of \(source)" }

  static let all: [GoldenCase] = {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return (try? decoder.decode([GoldenCase].self, from: Data(contentsOf: fixture("cases.json")))) ?? []
  }()

  func geometry(of image: RGBImage) -> Geometry {
    let part = crop.map { Rectangle(x: $0[0], y: $0[1], width: $0[2], height: $0[3]) }
    let crop = part ?? Rectangle(x: 0, y: 0, width: image.width, height: image.height)
    let (width, height) = (resize?[0] ?? crop.width, resize?[1] ?? crop.height)
    let window = centreCrop.map { Rectangle.centre(of: width, height, size: $0) }
    return Geometry(
      crop: crop, width: width, height: height,
      window: window ?? Rectangle(x: 0, y: 0, width: width, height: height), flipped: flip ?? false)
  }
}

private let instructionSets = [s3n_image_portable, s3n_image_avx2, s3n_image_avx512]
  .filter { $0.rawValue <= s3n_image_best_isa().rawValue }

@Suite struct GoldenTransformTests {
  @Test func allCasesAreThere() { #expect(GoldenCase.all.count == 32) }

  @Test(arguments: GoldenCase.all) private func equalsPillow(_ golden: GoldenCase) throws {
    let image = try ImageDecoder().decode(path: fixture(golden.source).path)
    let geometry = golden.geometry(of: image)
    let expected = try Data(contentsOf: fixture(golden.expected))
    let reference = ReferenceResampling.resample(image, geometry)
    #expect([reference.width, reference.height] == golden.size)
    for isa in instructionSets {
      let resampler = Resampler(isa: isa)
      #expect(resampler.resample(image, geometry) == reference)
      guard golden.normalize == true else { continue }
      var floats = [Float](repeating: .nan, count: reference.pixels.count)
      floats.withUnsafeMutableBufferPointer { buffer in
        resampler.resample(image, geometry, normalized: .imageNet, into: buffer)
      }
      let theirs = expected.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
      #expect(theirs.count == floats.count)
      #expect(zip(floats, theirs).allSatisfy { abs($0 - $1) < 2e-6 })
      let plain = ReferenceResampling.normalize(reference, .imageNet)
      #expect(zip(plain, theirs).allSatisfy { $0 == $1 })
    }
    if golden.normalize != true { #expect(reference.pixels == Array(expected)) }
  }
}
