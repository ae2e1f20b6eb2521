import Testing
import ThreadCommunicator

@testable import Collectives

@Suite struct OrderedSumTests {
  /// Floats of many magnitudes, so that the order of a sum affects its bits.
  static func contribution(_ number: Int, size: Int) -> [Float] {
    (0..<size).map { index in
      let mixed = UInt32(truncatingIfNeeded: (number * 7919 + index + 1) &* 2_654_435_761)
      let value = Float(mixed >> 8) * (index % 3 == 0 ? 1e-7 : index % 3 == 1 ? 1 : 1e4)
      return index % 11 == 5 ? -0.0 : mixed & 1 == 0 ? value : -value
    }
  }

  static func sum(of numbers: some Sequence<Int>, size: Int) -> [Float] {
    numbers.dropFirst().reduce(contribution(0, size: size)) { sum, number in
      zip(sum, contribution(number, size: size)).map { $0 + $1 }
    }
  }

  /// The sums on each rank over several steps with different numbers of contributions.
  private func sums(ranks: Int, sizes: [Int], steps: [Int]) throws -> [[[[UInt32]]]] {
    try ThreadCommunicator.run(ranks) { communicator in
      let sum = OrderedSum(of: sizes, over: communicator)
      return try steps.map { contributions in
        sum.begin(contributions: contributions)
        for round in 0..<sum.rounds(of: contributions) {
          let number = round * ranks + communicator.rank
          for (bucket, size) in sizes.enumerated() {
            let isIdle = number >= contributions
            sum.add(
              bucket, round: round,
              fill: isIdle ? nil : { _ = $0.update(fromContentsOf: Self.contribution(number, size: size)) })
          }
        }
        _ = try sum.wait()
        return sizes.indices.map { sum.sum($0).map(\.bitPattern) }
      }
    }.map { try $0.get() }
  }

  @Test(arguments: 1...5) func allRanksGetTheSumInTheOrderOfTheContributions(ranks: Int) throws {
    let (sizes, steps) = ([1, 7, 1000, 3], [1, 4, 8, 3, 5])
    for byStep in try sums(ranks: ranks, sizes: sizes, steps: steps) {
      for (found, contributions) in zip(byStep, steps) {
        for (bucket, size) in zip(found, sizes) {
          #expect(bucket == Self.sum(of: 0..<contributions, size: size).map(\.bitPattern))
        }
      }
    }
  }

  @Test func anotherOrderWouldShow() {
    let (there, back) = (Self.sum(of: 0..<5, size: 100), Self.sum(of: [0, 4, 3, 2, 1], size: 100))
    #expect(there != back)
  }

  @Test func aRankThatEndsEndsTheSumsOfTheOthers() {
    let outcomes = ThreadCommunicator.run(3) { communicator in
      guard communicator.rank != 1 else { throw CommunicationError.failed(call: "test", reason: "told to") }
      let sum = OrderedSum(of: [10], over: communicator)
      sum.begin(contributions: 3)
      sum.add(0, round: 0) { $0.update(repeating: 1) }
      _ = try sum.wait()
    }
    for rank in [0, 2] {
      #expect(throws: CommunicationError.aborted(code: 1)) { try outcomes[rank].get() }
    }
  }
}
