import Foundation
import Tensors

/// How the attention is smoothed into a sampling grid; all give the same to 1e-5.
public enum SmoothingMethod: String, CaseIterable, Sendable {
  /// Products of spectra, through FFTW.
  case fft
  /// The whole filter at every cell: the reference.
  case direct
  /// Along rows, then along columns, for each rank-1 term of the filter: one for a Gaussian.
  case separable
}

/// The sampling grid of S3N from an attention map A (Recasens et al., ECCV 2018): each cell looks at the mean position
/// of the attention around it, weighed with a filter.
///
/// With x, y = (index - padding) / (G - 1) on the map padded by repeating its borders, grid = 2 (conv(A x), conv(A y)) /
/// conv(A) - 1, clamped to [-1, 1]. A convolution is linear: conv(A x) at a cell is the cell's x times conv(A), plus the
/// convolution of A with the filter times its own offset. So three filters on one map do the work of one filter on
/// three maps, and only deviations from the cell are summed up.
///
/// Keeps the FFT plans and the spectra of the last filter; safe to use from several threads.
public final class GridSmoothing: Sendable {
  public let method: SmoothingMethod
  private let geometry: SmoothingGeometry
  private let smoother: any Smoother

  /// For attention maps of `gridSide` cells a side (2 or more) and a filter of `filterSide` (odd).
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

  /// The released filter (F, F): a Gaussian with a middle of 1, half as high 6.5 cells away.
  public static func gaussianFilter(side: Int = 61, fullWidthAtHalfMaximum width: Double = 13) -> Tensor {
    let middle = Double(side - 1) / 2
    let elements = (0..<side * side).map { position in
      let (y, x) = (Double(position / side) - middle, Double(position % side) - middle)
      return Float(exp(-4 * log(2) * (x * x + y * y) / (width * width)))
    }
    return Tensor(elements, shape: [side, side])
  }

  /// The grid (N, G, G, 2) of attention maps (N, G, G) smoothed with a filter of F x F values.
  public func forward(_ attention: Tensor, filter: Tensor) -> SmoothedGrid {
    let (grid, side) = (geometry.gridSide, geometry.filterSide)
    precondition(
      attention.shape.count == 3 && attention.shape[1] == grid && attention.shape[2] == grid,
      "expected attention (N, \(grid), \(grid)), found \(attention.shape)")
    precondition(filter.count == side * side, "expected a filter of \(side) x \(side), found \(filter.shape)")
    let (moments, kept) = smoother.moments(attention, filter: filter)
    return SmoothedGrid(
      grid: geometry.grid(fromMoments: moments), filter: filter, moments: moments, kept: kept)
  }

  /// The gradients of attention (N, G, G) and filter (shaped as it came) for the gradient `dgrid` (N, G, G, 2).
  public func backward(_ dgrid: Tensor, of result: SmoothedGrid) -> (attention: Tensor, filter: Tensor) {
    precondition(dgrid.shape == result.grid.shape, "expected a gradient of \(result.grid.shape), found \(dgrid.shape)")
    let gradients = smoother.backward(
      geometry.momentsGradient(dgrid, moments: result.moments), filter: result.filter, kept: result.kept)
    let filter = geometry.offsetFiltersBackward(gradients.filters)
    return (gradients.attention, filter.reshaped(result.filter.shape))
  }
}

/// A sampling grid, and what the backward pass needs of the way to it.
public struct SmoothedGrid: Sendable {
  /// (N, G, G, 2), x then y in [-1, 1].
  public let grid: Tensor
  fileprivate let filter: Tensor
  fileprivate let moments: Tensor
  fileprivate let kept: Tensor
}
