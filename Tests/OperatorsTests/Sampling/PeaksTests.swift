import Tensors
import Testing

@testable import Operators

@Suite struct PeaksTests {
  private func peaks(_ values: [Float], _ height: Int, _ width: Int) -> [[Int]] {
    findPeaks(Tensor(values, shape: [1, height, width]))[0].map { [$0.row, $0.column] }
  }

  @Test func findsMaximaOfTheWindowInRowMajorOrder() {
    #expect(peaks([0, 0, 1, 0, 0, 0, 0.9, 0, 0, 0, 0, 0, 0, 0, 0.8, 0], 4, 4) == [[0, 2], [3, 2]])
  }

  @Test func whatLiesBelowTheMeanIsNoPeak() {
    // 0.2 is a maximum of its window, and the mean is 0.8.
    #expect(peaks([0.2, 0, 0, 1, 2, 3] + [0, 0, 0, 1, 1, 1], 2, 6) == [[0, 5]])
  }

  @Test func ofEqualNeighboursTheFirstIsThePeak() {
    #expect(peaks([0, 0, 0, 0, 1, 1, 0, 1, 1], 3, 3) == [[1, 1]])
    // In a row of equal cells, each one but the first has an earlier neighbour.
    #expect(peaks([1, 1, 1, 1, 0, 0, 0, 0], 2, 4) == [[0, 0]])
    // Up and to the right is earlier in row-major order.
    #expect(peaks([0, 1, 1, 0], 2, 2) == [[0, 1]])
  }

  @Test func constantAndForeignMapsHaveNone() {
    for map in [
      [Float](repeating: 0.5, count: 9), [Float](repeating: 0, count: 9), [Float](repeating: .nan, count: 9),
      [0, 1, 0, 0, .nan, 0, 0, 0, 0], [0, 1, 0, 0, .infinity, 0, 0, 0, 0],
    ] {
      #expect(peaks(map, 3, 3).isEmpty)
    }
    #expect(peaks([1], 1, 1).isEmpty)
    #expect(findPeaks(.zeros([2, 0, 0])) == [[], []])
  }

  @Test func imagesAreSeparate() {
    let found = findPeaks(Tensor([0, 1, 0, 0, 0.25, 0, 0.5, 0], shape: [2, 2, 2]))
    #expect(found == [[Peak(row: 0, column: 1, strength: 1)], [Peak(row: 1, column: 0, strength: 0.5)]])
  }
}

@Suite struct PeakPolicyTests {
  private let peaks = [
    Peak(row: 1, column: 2, strength: 0.5), Peak(row: 3, column: 4, strength: 1),
    Peak(row: 5, column: 0, strength: 0.25),
  ]

  @Test func numbersNameThePolicies() {
    #expect((0...2).map { PeakPolicy(p: $0) } == [.allPeaks, .stochasticSplit, .extremes])
    #expect(PeakPolicy(p: 3) == nil && PeakPolicy(p: -1) == nil)
    #expect(PeakPolicy.allCases.map(\.p) == [0, 1, 2])
  }

  @Test func allPeaksGoBothWays() {
    let gaussians = PeakPolicy.allPeaks.gaussians(peaks)
    #expect(gaussians.discriminative == peaks.map(AttentionGaussian.discriminative))
    #expect(gaussians.complementary == peaks.map(AttentionGaussian.complementary))
    // The deviation is the root of the strength at p = 0 and 1 (the released code, sparse_sampling.py).
    #expect(gaussians.discriminative[2] == AttentionGaussian(row: 5, column: 0, height: 0.25, spread: 0.5))
    #expect(gaussians.complementary[2] == AttentionGaussian(row: 5, column: 0, height: 4, spread: 0.5))
  }

  @Test func theDrawsSplitThePeaks() {
    // A strength equal to its draw does not exceed it.
    let gaussians = PeakPolicy.stochasticSplit.gaussians(peaks, draws: [0.4, 0.99, 0.25])
    #expect(gaussians.discriminative == peaks.prefix(2).map(AttentionGaussian.discriminative))
    #expect(gaussians.complementary == [.complementary(peaks[2])])
  }

  @Test func theExtremesGoOneEachWay() {
    let gaussians = PeakPolicy.extremes.gaussians(peaks)
    #expect(gaussians.discriminative == [AttentionGaussian(row: 3, column: 4, height: 1, spread: 1)])
    #expect(gaussians.complementary == [.complementary(peaks[2])])
    let alone = PeakPolicy.extremes.gaussians([peaks[1]])
    #expect(alone.discriminative.count == 1 && alone.complementary.count == 1)
    let equal = PeakPolicy.extremes.gaussians([peaks[0], Peak(row: 9, column: 9, strength: 0.5)])
    #expect(equal.discriminative[0].row == 1 && equal.complementary[0].row == 1)
  }

  @Test(arguments: PeakPolicy.allCases) func noPeakGivesNoBump(_ policy: PeakPolicy) {
    #expect(policy.gaussians([]) == BranchGaussians(discriminative: [], complementary: []))
    let weak = [Peak(row: 0, column: 0, strength: 0), Peak(row: 0, column: 1, strength: .nan)]
    #expect(policy.gaussians(weak, draws: [0, 0]) == BranchGaussians(discriminative: [], complementary: []))
  }
}
