import CKernels

/// Runs `body` for every index in 0..<count on the engine's thread pool and returns when all are done.
///
/// Indices may finish in any order: none may touch what another writes.
package func parallelFor(_ count: Int, _ body: (Int) -> Void) {
  withoutActuallyEscaping(body) { escapable in
    var task = escapable
    withUnsafeMutablePointer(to: &task) { context in
      s3n_parallel(
        max(count, 0), { context, index in context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(index) },
        context)
    }
  }
}

/// Returns `transform`'s results for every index in 0..<count, in order, computed on the engine's thread pool.
package func parallelMap<Result>(_ count: Int, _ transform: (Int) -> Result) -> [Result] {
  [Result](unsafeUninitializedCapacity: count) { results, initialized in
    guard let base = results.baseAddress else { return }
    parallelFor(count) { (base + $0).initialize(to: transform($0)) }
    initialized = count
  }
}

/// Runs `body` for pieces of at most `length` elements of several arrays with `counts` elements, in one region of the
/// engine's thread pool, so that small arrays run in parallel.
package func parallelPieces(of counts: [Int], length: Int, _ body: (_ thing: Int, _ elements: Range<Int>) -> Void) {
  let pieces = counts.enumerated().flatMap { thing, count in
    stride(from: 0, to: count, by: length).map { (thing: thing, elements: $0..<min(count, $0 + length)) }
  }
  parallelFor(pieces.count) { body(pieces[$0].thing, pieces[$0].elements) }
}
