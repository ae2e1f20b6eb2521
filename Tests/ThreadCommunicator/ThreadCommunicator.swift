import Collectives
import Foundation

/// One of several ranks, each of which is a thread of this process.
///
/// Sendable because all mutable state is in the meeting.
public final class ThreadCommunicator: Communicator {
  public let rank: Int
  public var count: Int { meeting.count }
  private let meeting: Meeting

  private init(_ rank: Int, _ meeting: Meeting) { (self.rank, self.meeting) = (rank, meeting) }

  /// Runs `body` for each of `count` ranks on its own thread and returns the results by rank; a rank that throws also
  /// ends the others' calls.
  public static func run<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (ThreadCommunicator) throws -> Result
  ) -> [Swift.Result<Result, any Error>] {
    let meeting = Meeting(count)
    let outcomes = Outcomes<Result>(count)
    let threads = (0..<count).map { rank in
      Thread {
        let outcome = Swift.Result { try body(ThreadCommunicator(rank, meeting)) }
        if case .failure = outcome { meeting.abort(1) }
        outcomes.set(rank, outcome)
      }
    }
    for thread in threads {
      thread.stackSize = 8 << 20
      thread.start()
    }
    return outcomes.wait()
  }

  public func allToAll(
    _ sent: UnsafeRawBufferPointer, _ received: UnsafeMutableRawBufferPointer
  ) throws(CommunicationError) {
    let size = sent.count / count
    let all = try meeting.exchange(rank, Array(sent))
    for (source, bytes) in all.enumerated() {
      received[source * size..<(source + 1) * size].copyBytes(from: bytes[rank * size..<(rank + 1) * size])
    }
  }

  public func allGather(
    _ sent: UnsafeRawBufferPointer, _ received: UnsafeMutableRawBufferPointer
  ) throws(CommunicationError) {
    received.copyBytes(from: try meeting.exchange(rank, Array(sent)).joined())
  }

  public func broadcast(_ bytes: UnsafeMutableRawBufferPointer) throws(CommunicationError) {
    bytes.copyBytes(from: try meeting.exchange(rank, Array(bytes))[0])
  }

  public func finish() {}

  public func abort(_ code: Int32) { meeting.abort(code) }
}

/// The point at which the ranks exchange data: none leaves before all have arrived.
private final class Meeting: @unchecked Sendable {
  let count: Int
  private let condition = NSCondition()
  private var brought: [Int: [UInt8]] = [:]
  private var result: [[UInt8]] = []
  private var number = 0
  private var code: Int32?

  init(_ count: Int) { self.count = count }

  func exchange(_ rank: Int, _ bytes: [UInt8]) throws(CommunicationError) -> [[UInt8]] {
    condition.lock()
    defer { condition.unlock() }
    let mine = number
    brought[rank] = bytes
    if brought.count == count {
      precondition(Set(brought.values.map(\.count)).count == 1, "the ranks call with different lengths")
      result = (0..<count).map { brought[$0] ?? [] }
      brought = [:]
      number += 1
      condition.broadcast()
    }
    while number == mine, code == nil { condition.wait() }
    if number == mine, let code { throw .aborted(code: code) }
    return result
  }

  func abort(_ code: Int32) {
    condition.lock()
    self.code = self.code ?? code
    condition.broadcast()
    condition.unlock()
  }
}

/// The results of the ranks.
private final class Outcomes<Value: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var values: [Result<Value, any Error>?]

  init(_ count: Int) { values = Array(repeating: nil, count: count) }

  func set(_ rank: Int, _ value: Result<Value, any Error>) {
    condition.lock()
    values[rank] = value
    condition.broadcast()
    condition.unlock()
  }

  func wait() -> [Result<Value, any Error>] {
    condition.lock()
    defer { condition.unlock() }
    while values.contains(where: { $0 == nil }) { condition.wait() }
    return values.compactMap { $0 }
  }
}
