import Tensors
import Testing
import ThreadCounts

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
