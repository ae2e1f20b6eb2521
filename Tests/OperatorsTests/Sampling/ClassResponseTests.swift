import Foundation
import Tensors
import Testing

@testable import Operators

@Suite struct ClassResponseTests {
  /// The order of the released code: resize all maps, then compute their means and everything else from the large maps.
  private func reference(_ maps: Tensor, _ side: Int) -> (entropy: [Double], combined: [Double]) {
    let large = BilinearResize.forward(maps, height: side, width: side)
    let (cells, classes) = (side * side, maps.shape[3])
    var result: (entropy: [Double], combined: [Double]) = ([], [])
    for image in 0..<maps.shape[0] {
      func value(_ cell: Int, _ k: Int) -> Double { Double(large[(image * cells + cell) * classes + k]) }
      let means = (0..<classes).map { k in (0..<cells).reduce(0.0) { $0 + value($1, k) } / Double(cells) }
      let sum = means.reduce(0.0) { $0 + exp($1) }
      let top = means.indices.sorted { means[$0] > means[$1] }.prefix(5)
      let entropy = -top.reduce(0.0) { $0 + exp(means[$1]) / sum * (means[$1] - log(sum)) }
      let deciding = entropy < 0.2 ? top.prefix(1) : top
      result.entropy.append(entropy)
      result.combined += (0..<cells).map { cell in
        deciding.reduce(0.0) { $0 + value(cell, $1) } / Double(deciding.count)
      }
    }
    return result
  }

  @Test(arguments: [[2, 14, 14, 20], [1, 3, 5, 7], [3, 1, 1, 4], [1, 4, 4, 1], [2, 40, 33, 6]])
  func agreesWithResizingFirst(_ shape: [Int]) {
    let maps = randomTensor(shape, in: -2...2)
    let (entropy, combined) = reference(maps, 31)
    let found = ClassResponse(maps: maps, side: 31)
    #expect(found.response.shape == [shape[0], 31, 31])
    for (a, b) in zip(found.entropy.elements, entropy) { #expect(abs(Double(a) - b) < 1e-6) }
    expectClose(found.combined, combined, tolerance: 1e-5)
  }

  @Test func aSureClassDecidesAlone() {
    var maps = randomTensor([2, 6, 6, 9])
    for cell in 0..<36 { maps[cell * 9 + 4] += 12 }
    let (entropy, combined) = reference(maps, 31)
    #expect(entropy[0] < 0.2 && entropy[1] > 0.2)
    expectClose(ClassResponse(maps: maps, side: 31).combined, combined, tolerance: 1e-5)
  }

  @Test func theResponseSpansZeroToOne() {
    let response = ClassResponse(maps: randomTensor([3, 7, 7, 8]), side: 31).response.elements
    for image in 0..<3 {
      let map = response[image * 961..<(image + 1) * 961]
      #expect(map.min() == 0 && map.max() == 1)
    }
  }

  @Test func constantAndNaNMapsHaveNoPeak() {
    let constant = ClassResponse(maps: Tensor(repeating: 0.1, shape: [1, 7, 7, 8]), side: 31)
    #expect(constant.response.elements.allSatisfy { $0 == 0 })
    #expect(findPeaks(constant.response) == [[]])
    var maps = randomTensor([2, 7, 7, 8])
    maps[3] = .nan
    let found = ClassResponse(maps: maps, side: 31)
    #expect(found.entropy[0].isNaN && !found.entropy[1].isNaN)
    let peaks = findPeaks(found.response)
    #expect(peaks[0].isEmpty && !peaks[1].isEmpty)
  }

  @Test(arguments: [Float.infinity, -.infinity]) func infinitiesDoNotTrap(_ value: Float) {
    var maps = randomTensor([1, 3, 3, 8])
    maps[3] = value
    _ = findPeaks(ClassResponse(maps: maps, side: 31).response)
  }
}
