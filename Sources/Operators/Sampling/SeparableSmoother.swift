import CKernels

/// Sums along rows, then along columns, for each rank-1 term of the filter. A Gaussian is one term; a learned filter
/// takes as many as it needs, up to its size.
///
/// Only maps benefit: the gradient of the filter is computed by `DirectSmoother`.
struct SeparableSmoother: Smoother {
  let geometry: SmoothingGeometry

  private var sizes: s3n_smoothing { s3n_smoothing(grid: geometry.gridSide, side: geometry.filterSide) }

  /// The number of cells in a map that is padded only to the left and right.
  private var rowCells: Int { geometry.gridSide * geometry.paddedSide }

  /// The vectors of all terms down the filter, the same times their offsets, then the same two along its rows.
  func prepare(filter: [Double]) -> [Double] {
    let side = geometry.filterSide
    let terms = rankOneTerms(of: filter, side: side)
    let (down, along) = (terms.flatMap(\.down), terms.flatMap(\.along))
    func timesOffset(_ all: [Double]) -> [Double] { all.indices.map { all[$0] * geometry.offset($0 % side) } }
    return down + timesOffset(down) + along + timesOffset(along)
  }

  func prepare(map: [Double]) -> [Double] { map }

  func prepare(gradient: [Double]) -> [Double] { gradient }

  func moments(map: [Double], filter: [Double]) -> [Double] {
    let rows = doubles(rowCells + Int(s3n_slack)) { to in eachRowCell { padded, cell in to[padded] = map[cell] } }
    return doubles(3 * geometry.cells) { to in
      withTerms(filter) { terms, room in s3n_correlate_terms(sizes, terms, rows, room, to) }
    }
  }

  func mapGradient(_ gradient: [Double], filter: [Double]) -> [Double] {
    let drows = doubles(rowCells) { to in
      withTerms(filter) { terms, room in s3n_correlate_terms_backward(sizes, terms, gradient, room, to) }
    }
    return doubles(geometry.cells) { to in eachRowCell { padded, cell in to[cell] += drows[padded] } }
  }

  func filterGradient(_ gradients: [[Double]], maps: [[Double]]) -> [Double] {
    let direct = DirectSmoother(geometry: geometry)
    return direct.filterGradient(gradients, maps: maps.map { direct.prepare(map: $0) })
  }

  private func eachRowCell(_ body: (Int, Int) -> Void) {
    let (side, wide) = (geometry.gridSide, geometry.paddedSide)
    for position in 0..<rowCells { body(position, position / wide * side + geometry.inside(position % wide)) }
  }

  /// Calls `body` with the terms of a prepared filter and workspace for sums along rows.
  private func withTerms(_ prepared: [Double], _ body: (s3n_terms, UnsafeMutablePointer<Double>) -> Void) {
    let size = prepared.count / 4
    var room = [Double](repeating: 0, count: 2 * rowCells + Int(s3n_slack))
    prepared.withUnsafeBufferPointer { prepared in
      guard let base = prepared.baseAddress else { return }
      let terms = s3n_terms(
        count: size / geometry.filterSide, down: base, down_offset: base + size, along: base + 2 * size,
        along_offset: base + 3 * size)
      body(terms, &room)
    }
  }
}

/// Returns vectors whose outer products sum to `filter` (side, side), up to 1e-7 of its largest value, the rounding of
/// its floats. Each term removes the row and column of the largest residual (cross approximation, full pivoting).
func rankOneTerms(of filter: [Double], side: Int) -> [(down: [Double], along: [Double])] {
  var rest = filter
  let small = 1e-7 * rest.reduce(0) { max($0, abs($1)) }
  var terms: [(down: [Double], along: [Double])] = []
  while terms.count < side {
    guard let pivot = rest.indices.max(by: { abs(rest[$0]) < abs(rest[$1]) }), abs(rest[pivot]) > small else { break }
    let (row, column, value) = (pivot / side, pivot % side, rest[pivot])
    let down = (0..<side).map { rest[$0 * side + column] / value }
    let along = (0..<side).map { rest[row * side + $0] }
    for position in rest.indices { rest[position] -= down[position / side] * along[position % side] }
    terms.append((down, along))
  }
  return terms
}
