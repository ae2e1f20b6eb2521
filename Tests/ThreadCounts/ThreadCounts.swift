import Foundation
import Tensors

private let threadCountInUse = NSRecursiveLock()

/// Runs `body` with exactly `count` threads. The number belongs to the process, so tests that change it, in any target,
/// wait for each other.
public func withThreads<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
  threadCountInUse.lock()
  defer { threadCountInUse.unlock() }
  let before = Threads.count
  Threads.use(count)
  defer { Threads.use(before) }
  return try body()
}
