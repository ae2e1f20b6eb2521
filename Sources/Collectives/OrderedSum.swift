import CKernels
import Dispatch
import Timing

/// Adds up all ranks' contributions to buckets of floats, in the order of the contributions rather than their arrival,
/// on its own thread while its owner computes.
///
/// Contributions are numbered: of R ranks, rank r has the numbers r, r + R, r + 2 R and so on, one per round. A sum is
/// ((c0 + c1) + c2) + ..., element by element, and thus has the same bits for any R. Each rank adds up one part of each
/// bucket, for which it receives all contributions, and receives the sums of the other parts after the last round.
///
/// Sendable because the thread touches a bucket only between `add` and the next `wait` for it.
public final class OrderedSum: @unchecked Sendable {
  private let communicator: any Communicator
  private let buckets: [Bucket]
  /// All ranks' contributions to this rank's part of the current bucket.
  private let received: UnsafeMutableBufferPointer<Float>
  private let queue = DispatchQueue(label: "ordered sum")
  private var contributions = 0
  private var failure: CommunicationError?
  /// Nanoseconds that the thread was busy since the last `wait`, including waiting for other ranks.
  private var busy = 0

  /// Creates buckets with the given numbers of floats.
  public init(of sizes: [Int], over communicator: any Communicator) {
    self.communicator = communicator
    buckets = sizes.map { Bucket($0, ranks: communicator.count) }
    received = .allocate(capacity: buckets.map(\.values.count).max() ?? 0)
    received.initialize(repeating: 0)
  }

  // Not before the thread is done: its queued work retains `self`.
  deinit { received.deallocate() }

  /// The number of rounds for `contributions` contributions.
  public func rounds(of contributions: Int) -> Int { (contributions + communicator.count - 1) / communicator.count }

  /// Begins new sums of `contributions` contributions, the same number on all ranks, at least 1.
  public func begin(contributions: Int) { self.contributions = contributions }

  /// Contributes to a bucket what `fill` writes, or nothing if this rank has no contribution in the round; each round
  /// must add to the buckets in order.
  public func add(_ index: Int, round: Int, fill: ((UnsafeMutableBufferPointer<Float>) -> Void)?) {
    let bucket = buckets[index]
    bucket.isFree.wait()
    fill?(UnsafeMutableBufferPointer(rebasing: bucket.values[..<bucket.size]))
    queue.async { [self] in
      // The system's thread may have been started from one of the engine's, which are pinned.
      s3n_unpin_thread()
      let start = monotonicNanoseconds()
      let bucket = buckets[index]
      if failure == nil {
        do throws(CommunicationError) { try exchange(bucket, round) } catch { failure = error }
      }
      busy += monotonicNanoseconds() - start
      bucket.isFree.signal()
    }
  }

  /// Waits for the sums; throws what went wrong. Returns the nanoseconds that the thread was busy.
  public func wait() throws(CommunicationError) -> Int {
    let (failure, busy) = queue.sync {
      defer { self.busy = 0 }
      return (self.failure, self.busy)
    }
    if let failure { throw failure }
    return busy
  }

  /// The sum in a bucket, after `wait`.
  public func sum(_ bucket: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(rebasing: buckets[bucket].values[..<buckets[bucket].size])
  }

  private func exchange(_ bucket: Bucket, _ round: Int) throws(CommunicationError) {
    let ranks = communicator.count
    let received = UnsafeMutableBufferPointer(rebasing: received[..<bucket.values.count])
    try communicator.allToAll(UnsafeRawBufferPointer(bucket.values), UnsafeMutableRawBufferPointer(received))
    let (sum, size) = (bucket.part, bucket.part.count)
    for rank in 0..<min(ranks, contributions - round * ranks) {
      let part = received[rank * size..<(rank + 1) * size]
      if round == 0, rank == 0 { _ = sum.update(fromContentsOf: part) } else { Self.add(part, to: sum) }
    }
    guard (round + 1) * ranks >= contributions else { return }
    try communicator.allGather(UnsafeRawBufferPointer(sum), UnsafeMutableRawBufferPointer(bucket.values))
  }

  private static func add(
    _ values: Slice<UnsafeMutableBufferPointer<Float>>, to sum: UnsafeMutableBufferPointer<Float>
  ) {
    let values = UnsafeMutableBufferPointer(rebasing: values)
    for index in sum.indices { sum[index] += values[index] }
  }
}

/// The floats of a bucket: this rank's contribution, and after the last round the sum; padded to equal parts per rank.
private final class Bucket {
  let size: Int
  let values: UnsafeMutableBufferPointer<Float>
  /// The partial sum of the part that this rank adds up.
  let part: UnsafeMutableBufferPointer<Float>
  /// Signalled while no exchange of the bucket is in progress.
  let isFree = DispatchSemaphore(value: 1)

  init(_ size: Int, ranks: Int) {
    let partSize = (size + ranks - 1) / ranks
    self.size = size
    values = .allocate(capacity: partSize * ranks)
    part = .allocate(capacity: partSize)
    values.initialize(repeating: 0)
    part.initialize(repeating: 0)
  }

  deinit {
    values.deallocate()
    part.deallocate()
  }
}
