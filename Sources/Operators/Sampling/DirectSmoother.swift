import CKernels
import Tensors

/// Applies the whole filter at every cell of the padded map, in plain loops: the reference for the other two.
struct DirectSmoother: Smoother {
  let geometry: SmoothingGeometry

  private var sizes: s3n_smoothing { s3n_smoothing(grid: geometry.gridSide, side: geometry.filterSide) }

  func prepare(filter: [Double]) -> [Double] { geometry.offsetFilters(filter) }

  /// The map with its borders repeated, plus the slack that kernels may read after it.
  func prepare(map: [Double]) -> [Double] {
    doubles(geometry.paddedCells + Int(s3n_slack)) { to in
      geometry.eachPadded { padded, cell in to[padded] = map[cell] }
    }
  }

  func prepare(gradient: [Double]) -> [Double] { gradient }

  func moments(map: [Double], filter: [Double]) -> [Double] {
    doubles(3 * geometry.cells) { s3n_correlate(sizes, map, filter, $0) }
  }

  func mapGradient(_ gradient: [Double], filter: [Double]) -> [Double] {
    let dpadded = doubles(geometry.paddedCells) { s3n_correlate_backward_map(sizes, filter, gradient, $0) }
    return doubles(geometry.cells) { to in
      geometry.eachPadded { padded, cell in to[cell] += dpadded[padded] }
    }
  }

  func filterGradient(_ gradients: [[Double]], maps: [[Double]]) -> [Double] {
    let side = geometry.filterSide
    let rows = parallelMap(3 * side) { task in
      doubles(side) { row in
        for (gradient, map) in zip(gradients, maps) {
          gradient.withUnsafeBufferPointer { gradient in
            guard let base = gradient.baseAddress else { return }
            s3n_correlate_backward_filter(sizes, map, base + task / side * geometry.cells, task % side, row)
          }
        }
      }
    }
    return rows.flatMap { $0 }
  }
}
