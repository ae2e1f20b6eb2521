import CKernels
import Tensors

/// Sums along the rows, then along the columns, for each rank-1 term of the filter: a Gaussian is one term, and a filter
/// that was learned takes as many as it needs, up to its size.
///
/// Only the maps gain by it: the gradient of the filter is that of `DirectSmoother`.
struct SeparableSmoother: Smoother {
  let geometry: SmoothingGeometry

  func moments(_ attention: Tensor, filter: Tensor) -> (moments: Tensor, kept: Tensor) {
    let (images, side, wide) = (attention.shape[0], geometry.gridSide, geometry.paddedSide)
    var moments = Tensor(uninitialized: [images, 3, side, side])
    let (from, to) = (attention.read, moments.write())
    withTerms(of: filter) { terms in
      parallelFor(images) { image in
        var (rows, room) = workspace()
        let line = rows.write()
        for position in 0..<side * wide {
          let column = min(max(position % wide - geometry.padding, 0), side - 1)
          line[position] = from[(image * side + position / wide) * side + column]
        }
        s3n_correlate_terms(sizes, terms, line, room.write(), to + image * 3 * side * side)
        keepAlive(rows, room)
      }
    }
    keepAlive(attention, moments)
    return (moments, attention)
  }

  func backward(_ dmoments: Tensor, filter: Tensor, kept attention: Tensor) -> (attention: Tensor, filters: Tensor) {
    let (images, side, wide) = (attention.shape[0], geometry.gridSide, geometry.paddedSide)
    var dattention = Tensor.zeros(attention.shape)
    let (from, to) = (dmoments.read, dattention.write())
    withTerms(of: filter) { terms in
      parallelFor(images) { image in
        var (rows, room) = workspace()
        let line = rows.write()
        s3n_correlate_terms_backward(sizes, terms, from + image * 3 * side * side, room.write(), line)
        for position in 0..<side * wide {
          let column = min(max(position % wide - geometry.padding, 0), side - 1)
          to[(image * side + position / wide) * side + column] += line[position]
        }
        keepAlive(rows, room)
      }
    }
    keepAlive(dmoments, dattention)
    let direct = DirectSmoother(geometry: geometry)
    return (dattention, direct.filtersGradient(dmoments, padded: direct.padded(attention)))
  }

  private var sizes: s3n_smoothing { s3n_smoothing(images: 1, grid: geometry.gridSide, side: geometry.filterSide) }

  /// A map padded to the left and right, and room for sums along its rows.
  private func workspace() -> (rows: Tensor, room: Tensor) {
    let (line, slack) = (geometry.gridSide * geometry.paddedSide, Int(s3n_slack))
    return (Tensor(uninitialized: [line + slack]), Tensor(uninitialized: [2 * line + slack]))
  }

  private func withTerms(of filter: Tensor, _ body: (s3n_terms) -> Void) {
    let side = geometry.filterSide
    let terms = rankOneTerms(of: filter, side: side)
    let (down, along) = (terms.flatMap(\.down), terms.flatMap(\.along))
    func timesOffset(_ vectors: [Float]) -> [Float] { vectors.indices.map { vectors[$0] * geometry.offset($0 % side) } }
    let parts = Tensor(down + timesOffset(down) + along + timesOffset(along), shape: [4, terms.count, side])
    let (base, size) = (parts.read, terms.count * side)
    body(
      s3n_terms(
        count: terms.count, down: base, down_offset: base + size, along: base + 2 * size, along_offset: base + 3 * size)
    )
    keepAlive(parts)
  }
}

/// Vectors whose outer products add up to `filter` (side, side), until the rest is below 1e-7 of its largest value:
/// each takes away the row and column of the largest rest (cross approximation with full pivoting).
func rankOneTerms(of filter: Tensor, side: Int) -> [(down: [Float], along: [Float])] {
  var rest = filter.elements.map(Double.init)
  let small = 1e-7 * rest.reduce(0) { max($0, abs($1)) }
  var terms: [(down: [Float], along: [Float])] = []
  while terms.count < side {
    guard let pivot = rest.indices.max(by: { abs(rest[$0]) < abs(rest[$1]) }), abs(rest[pivot]) > small else { break }
    let (row, column, value) = (pivot / side, pivot % side, rest[pivot])
    let down = (0..<side).map { Float(rest[$0 * side + column] / value) }
    let along = (0..<side).map { Float(rest[row * side + $0]) }
    for position in rest.indices { rest[position] -= Double(down[position / side]) * Double(along[position % side]) }
    terms.append((down, along))
  }
  return terms
}
