import Foundation
import Tensors
import Testing
import ThreadCounts

@testable import Layers

@Suite struct InitializationTests {
  /// Draws one by one, as the stream is defined.
  @Test(arguments: [[3], [64, 3, 7, 7], [200_000]]) func drawsAreThoseOfTheStreamInOrder(_ shape: [Int]) {
    let initial = Initialization(seed: 7)
    let count = shape.reduce(1, *)

    var normal = SeededGenerator(seed: 7, purpose: "initial a")
    let deviation = (2.0 / 50).squareRoot()
    let expected = (0..<count).map { _ in
      let radius = (-2 * log(1 - normal.uniform(0, 1))).squareRoot()
      return Float(deviation * (radius * cos(2 * .pi * normal.uniform(0, 1))))
    }
    #expect(initial.heNormal(shape, fanOut: 50, name: "a").elements == expected)

    var uniform = SeededGenerator(seed: 7, purpose: "initial b")
    let bound = 1 / 9.0.squareRoot()
    #expect(
      initial.uniform(shape, fanIn: 9, name: "b").elements
        == (0..<count).map { _ in Float(uniform.uniform(-bound, bound)) })
  }

  @Test func drawsDoNotDependOnThreads() {
    let drawn = [1, 2, 3].map { threads in
      withThreads(threads) { Initialization(seed: 1).heNormal([300_000], fanOut: 3, name: "a").elements }
    }
    #expect(drawn[0] == drawn[1] && drawn[0] == drawn[2])
  }
}
