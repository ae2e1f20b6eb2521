import Foundation
import Synchronization
import Tensors

/// How the attention is smoothed into a sampling grid; the methods agree to 1e-5.
public enum SmoothingMethod: String, CaseIterable, Sendable, Codable {
  /// Products of spectra, through FFTW.
  case fft
  /// The whole filter at every cell, as the reference.
  case direct
  /// Along rows, then along columns, for each rank-1 term of the filter; a Gaussian has one.
  case separable
}

/// The sampling grid of S3N from an attention map A (Recasens et al., ECCV 2018): each cell looks at the mean position
/// of the attention around it, weighted by a filter.
///
/// With x, y = (index - padding) / (G - 1) on the map padded by repeating its borders, grid = 2 (conv(A x), conv(A y))
/// / conv(A) - 1, clamped to [-1, 1]. Convolution is linear: conv(A x) at a cell is the cell's x times conv(A), plus
/// the convolution of A with the filter times its offset. So three filters on one map replace one filter on three maps,
/// and only differences from the cell are summed. Likewise, a level that all cells share, the attention's floor, is
/// subtracted first and its moments are added afterwards, so that a constant map gives exactly the identity.
///
/// Caches the FFT plans and the last filter's spectra. Thread-safe.
public final class GridSmoothing: Sendable {
  public let method: SmoothingMethod
  private let geometry: SmoothingGeometry
  private let smoother: any Smoother
  private let lastFilter = Mutex<PreparedFilter?>(nil)

  /// For attention maps of `gridSide` cells per side (at least 2) and a filter of side `filterSide` (odd).
  public init(method: SmoothingMethod = .fft, gridSide: Int = 31, filterSide: Int = 61) {
    precondition(gridSide >= 2 && filterSide % 2 == 1, "no grid of \(gridSide) cells with a filter of \(filterSide)")
    self.method = method
    geometry = SmoothingGeometry(gridSide: gridSide, filterSide: filterSide)
    switch method {
    case .fft: smoother = FourierSmoother(geometry)
    case .direct: smoother = DirectSmoother(geometry: geometry)
    case .separable: smoother = SeparableSmoother(geometry: geometry)
    }
  }

  /// Returns the released filter (F, F): a Gaussian with a centre of 1 that is half as high 6.5 cells away by default.
  public static func gaussianFilter(side: Int = 61, fullWidthAtHalfMaximum width: Double = 13) -> Tensor {
    let middle = Double(side - 1) / 2
    let elements = (0..<side * side).map { position in
      let (y, x) = (Double(position / side) - middle, Double(position % side) - middle)
      return Float(exp(-4 * log(2) * (x * x + y * y) / (width * width)))
    }
    return Tensor(elements, shape: [side, side])
  }

  /// Returns the grid (N, G, G, 2) of attention maps (N, G, G), smoothed with a filter of F x F values.
  public func forward(_ attention: Tensor, filter: Tensor) -> SmoothedGrid {
    let (grid, side) = (geometry.gridSide, geometry.filterSide)
    precondition(
      attention.shape.count == 3 && attention.shape[1] == grid && attention.shape[2] == grid,
      "expected attention (N, \(grid), \(grid)), found \(attention.shape)")
    precondition(filter.count == side * side, "expected a filter of \(side) x \(side), found \(filter.shape)")
    let prepared = prepare(filter)
    let all = attention.elements
    let maps = parallelMap(attention.shape[0]) { image in
      let map = all[image * grid * grid..<(image + 1) * grid * grid]
      let smoothed = smoothed(map.map(Double.init), prepared)
      return (smoothed, geometry.grid(fromMoments: smoothed.moments))
    }
    return SmoothedGrid(
      grid: Tensor(maps.flatMap(\.1.grid), shape: attention.shape + [2]),
      offsets: Tensor(maps.flatMap(\.1.offsets), shape: attention.shape + [2]), filterShape: filter.shape,
      filter: prepared, maps: maps.map(\.0))
  }

  /// Returns the gradients of the attention (N, G, G) and the filter (in its original shape) from the gradient `dgrid`
  /// (N, G, G, 2) of the grid or of its offsets.
  public func backward(_ dgrid: Tensor, of result: SmoothedGrid) -> (attention: Tensor, filter: Tensor) {
    precondition(
      dgrid.shape == result.offsets.shape, "expected a gradient of \(result.offsets.shape), found \(dgrid.shape)")
    let (all, cells) = (dgrid.elements, geometry.cells)
    let images = parallelMap(result.maps.count) { image in
      let slopes = all[2 * image * cells..<2 * (image + 1) * cells]
      let dmoments = geometry.momentsGradient(slopes, moments: result.maps[image].moments)
      let gradient = smoother.prepare(gradient: dmoments)
      return (dmoments, gradient, smoother.mapGradient(gradient, filter: result.filter.form))
    }
    var dfilters = smoother.filterGradient(images.map(\.1), maps: result.maps.map(\.form))
    for (map, (dmoments, _, _)) in zip(result.maps, images) {
      for m in 0..<3 {
        let ofLevel = map.level * dmoments[m * cells..<(m + 1) * cells].reduce(0, +)
        for tap in m * geometry.taps..<(m + 1) * geometry.taps { dfilters[tap] += ofLevel }
      }
    }
    return (
      Tensor(images.flatMap { $0.2.map(Float.init) }, shape: Array(dgrid.shape.dropLast())),
      Tensor(geometry.offsetFiltersBackward(dfilters).map(Float.init), shape: result.filterShape)
    )
  }

  private func smoothed(_ map: [Double], _ filter: PreparedFilter) -> SmoothedMap {
    let level = map.first ?? 0
    let form = smoother.prepare(map: map.map { $0 - level })
    var moments = smoother.moments(map: form, filter: filter.form)
    for position in moments.indices { moments[position] += level * filter.sums[position / geometry.cells] }
    return SmoothedMap(level: level, form: form, moments: moments)
  }

  private func prepare(_ filter: Tensor) -> PreparedFilter {
    let weights = filter.elements.map(Double.init)
    if let last = lastFilter.withLock({ $0 }), last.weights == weights { return last }
    let prepared = PreparedFilter(
      weights: weights, form: smoother.prepare(filter: weights), sums: geometry.filterSums(weights))
    lastFilter.withLock { $0 = prepared }
    return prepared
  }
}

/// A filter in the smoother's form, and its moments on a map of ones.
private struct PreparedFilter {
  let weights: [Double]
  let form: [Double]
  let sums: [Double]
}

/// An attention map: the level that was subtracted, the rest in the smoother's form, and the moments of both.
private struct SmoothedMap {
  let level: Double
  let form: [Double]
  let moments: [Double]
}

/// A sampling grid, and the intermediate results that the backward pass needs.
public struct SmoothedGrid: Sendable {
  /// (N, G, G, 2), x then y in [-1, 1].
  public let grid: Tensor
  /// Each cell's offset from the identity, (N, G, G, 2).
  public let offsets: Tensor
  fileprivate let filterShape: [Int]
  fileprivate let filter: PreparedFilter
  fileprivate let maps: [SmoothedMap]
}
