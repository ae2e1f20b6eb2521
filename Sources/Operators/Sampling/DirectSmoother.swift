import CKernels
import Tensors

/// The whole filter at every cell of the padded map: plain loops, the reference of the other two.
struct DirectSmoother: Smoother {
  let geometry: SmoothingGeometry

  func moments(_ attention: Tensor, filter: Tensor) -> (moments: Tensor, kept: Tensor) {
    let (padded, filters) = (padded(attention), geometry.offsetFilters(filter))
    var moments = Tensor(uninitialized: [attention.shape[0], 3, geometry.gridSide, geometry.gridSide])
    s3n_correlate(sizes(moments), padded.read, filters.read, moments.write())
    keepAlive(padded, filters, moments)
    return (moments, padded)
  }

  func backward(_ dmoments: Tensor, filter: Tensor, kept padded: Tensor) -> (attention: Tensor, filters: Tensor) {
    let filters = geometry.offsetFilters(filter)
    var dpadded = Tensor(uninitialized: [dmoments.shape[0], geometry.paddedSide, geometry.paddedSide])
    s3n_correlate_backward_maps(sizes(dmoments), filters.read, dmoments.read, dpadded.write())
    keepAlive(filters, dmoments, dpadded)
    return (paddedBackward(dpadded), filtersGradient(dmoments, padded: padded))
  }

  /// The gradient of the three filters: every tap of them times every cell of every image.
  func filtersGradient(_ dmoments: Tensor, padded: Tensor) -> Tensor {
    var dfilters = Tensor(uninitialized: [3, geometry.filterSide, geometry.filterSide])
    s3n_correlate_backward_filters(sizes(dmoments), padded.read, dmoments.read, dfilters.write())
    keepAlive(padded, dmoments, dfilters)
    return dfilters
  }

  private func sizes(_ moments: Tensor) -> s3n_smoothing {
    s3n_smoothing(images: moments.shape[0], grid: geometry.gridSide, side: geometry.filterSide)
  }

  /// The maps with their borders repeated, flat, and the slack that the kernels may read behind them.
  func padded(_ attention: Tensor) -> Tensor {
    let (side, wide) = (geometry.gridSide, geometry.paddedSide)
    var padded = Tensor.zeros([attention.shape[0] * wide * wide + Int(s3n_slack)])
    let (from, to) = (attention.read, padded.write())
    for image in 0..<attention.shape[0] {
      for row in 0..<wide {
        for column in 0..<wide {
          to[(image * wide + row) * wide + column] = from[(image * side + inside(row)) * side + inside(column)]
        }
      }
    }
    keepAlive(attention, padded)
    return padded
  }

  private func paddedBackward(_ dpadded: Tensor) -> Tensor {
    let (side, wide) = (geometry.gridSide, geometry.paddedSide)
    var dattention = Tensor.zeros([dpadded.shape[0], side, side])
    let (from, to) = (dpadded.read, dattention.write())
    for image in 0..<dpadded.shape[0] {
      for row in 0..<wide {
        for column in 0..<wide {
          to[(image * side + inside(row)) * side + inside(column)] += from[(image * wide + row) * wide + column]
        }
      }
    }
    keepAlive(dpadded, dattention)
    return dattention
  }

  /// The cell of the map that a padded position repeats.
  private func inside(_ position: Int) -> Int { min(max(position - geometry.padding, 0), geometry.gridSide - 1) }
}
