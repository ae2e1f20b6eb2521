import Synchronization
import Tensors
import Testing

private let threadCountInUse = Mutex(())

/// Runs `body` with exactly `count` threads; tests that change the number wait for each other.
func withThreads<R>(_ count: Int, _ body: () throws -> sending R) rethrows -> sending R {
  try threadCountInUse.withLock { _ in
    let before = Threads.count
    Threads.use(count)
    defer { Threads.use(before) }
    return try body()
  }
}

/// Records an issue unless `body` gives the same bits on one, two and three threads.
func expectThreadIndependent(
  _ what: String = "", sourceLocation: SourceLocation = #_sourceLocation, _ body: () -> [Tensor]
) {
  let single = withThreads(1) { body() }
  for count in 2...3 {
    for (result, reference) in zip(withThreads(count) { body() }, single) {
      expectIdentical(result, reference, "\(what) on \(count) threads", sourceLocation: sourceLocation)
    }
  }
}
