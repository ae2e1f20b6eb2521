import Collectives
import Layers
import Operators
import Tensors

/// Sums the gradients of a step's normalisation groups in the order of the groups.
///
/// Each group's gradients are computed on their own, from zero, so the sum has the same bits whoever computes which.
protocol GradientSum: AnyObject {
  /// Begins a step of `groups` groups; gradients are zero.
  func begin(groups: Int)

  /// The current group adds no more to these gradients.
  func areFinal(_ parameters: [Parameter])

  /// Ends a round; if more rounds follow, gradients are zero again.
  func endRound(hadGroup: Bool)

  /// Stores the sums as the parameters' gradients; returns the nanoseconds that other threads communicated.
  func finish() throws(CommunicationError) -> Int
}

/// The sum in a single process, which computes all groups in turn: the reference for any other sum.
final class LocalGradientSum: GradientSum {
  private let parameters: [Parameter]
  private var sums: [Tensor] = []
  private var left = 0

  init(_ parameters: [Parameter]) { self.parameters = parameters }

  func begin(groups: Int) { left = groups }

  func areFinal(_ parameters: [Parameter]) {}

  func endRound(hadGroup: Bool) {
    left -= 1
    for (index, parameter) in parameters.enumerated() {
      // Addition of two values is commutative to the bit.
      if !sums.isEmpty { add(sums[index], to: &parameter.gradient) }
    }
    guard left > 0 else { return sums = [] }
    sums = parameters.map(\.gradient)
    for parameter in parameters { parameter.gradient = .zeros(parameter.value.shape) }
  }

  func finish() -> Int { 0 }
}

/// The sum when several ranks take the groups in turn, formed while the backward pass runs.
final class RankedGradientSum: GradientSum {
  private let buckets: [[Parameter]]
  private let bucket: [ObjectIdentifier: Int]
  private let sum: OrderedSum
  private var (rounds, round) = (0, 0)
  /// The number of gradients per bucket that are not final in this round, and the first bucket not handed over.
  private var missing: [Int] = []
  private var next = 0

  /// - Parameters:
  ///   - parameters: in the order in which their gradients become final.
  ///   - bucketBytes: what is sent at once; the last parameter of a bucket may exceed it.
  init(_ parameters: [Parameter], over ranks: any Communicator, bucketBytes: Int = GradientPart.standardBucket) {
    let buckets = GradientPart.buckets(of: parameters.map { 4 * $0.value.count }, bytes: bucketBytes)
      .map { Array(parameters[$0]) }
    self.buckets = buckets
    bucket = Dictionary(
      uniqueKeysWithValues: buckets.enumerated().flatMap { index, bucket in
        bucket.map { (ObjectIdentifier($0), index) }
      })
    sum = OrderedSum(of: buckets.map { $0.reduce(0) { $0 + $1.value.count } }, over: ranks)
  }

  func begin(groups: Int) {
    sum.begin(contributions: groups)
    (rounds, round) = (sum.rounds(of: groups), 0)
    beginRound()
  }

  private func beginRound() { (missing, next) = (buckets.map(\.count), 0) }

  func areFinal(_ parameters: [Parameter]) {
    for parameter in parameters {
      guard let index = bucket[ObjectIdentifier(parameter)] else { preconditionFailure("\(parameter.name) is unknown") }
      missing[index] -= 1
    }
    while next < buckets.count, missing[next] == 0 {
      sum.add(next, round: round) { [bucket = buckets[next]] values in
        var start = 0
        for parameter in bucket {
          parameter.gradient.withUnsafeBufferPointer { _ = values[start...].update(fromContentsOf: $0) }
          start += parameter.gradient.count
        }
      }
      next += 1
    }
  }

  func endRound(hadGroup: Bool) {
    if !hadGroup { for index in buckets.indices { sum.add(index, round: round, fill: nil) } }
    precondition(!hadGroup || next == buckets.count, "a gradient did not become final")
    round += 1
    guard round < rounds else { return }
    zeroGradients(of: Array(buckets.joined()))
    beginRound()
  }

  func finish() throws(CommunicationError) -> Int {
    let busy = try sum.wait()
    for (index, bucket) in buckets.enumerated() {
      var rest = sum.sum(index)[...]
      for parameter in bucket {
        let count = parameter.gradient.count
        parameter.gradient.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: rest.prefix(count)) }
        rest = rest.dropFirst(count)
      }
    }
    return busy
  }
}
