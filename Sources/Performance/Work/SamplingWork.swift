import Foundation
import Operators

/// The smoothing of attention maps (N, G, G) with a filter (F, F), counted with each method's own arithmetic.
public struct SmoothingWork: Equatable, Sendable {
  public let method: SmoothingMethod
  public let images: Int
  public let gridSide: Int
  public let filterSide: Int

  public init(_ method: SmoothingMethod, images: Int, gridSide: Int, filterSide: Int) {
    self.method = method
    self.images = images
    self.gridSide = gridSide
    self.filterSide = filterSide
  }

  private var cells: Double { Double(gridSide * gridSide) }
  private var taps: Double { Double(filterSide * filterSide) }

  /// Three filters at each cell of an image.
  private var direct: Double { 2 * 3 * cells * taps }
  /// For a rank-1 filter: two sums along the rows, three along the columns.
  private var separable: Double { 2 * (2 + 3) * cells * Double(filterSide) }
  /// One real transform of n values on the padded map: 2.5 n log2 n, the usual count (FFTW's).
  private var transform: Double {
    let values = Double(paddedSide * paddedSide)
    return 2.5 * values * log2(values)
  }
  /// Complex products over half a spectrum, summed.
  private var product: Double { 8 * Double(paddedSide * paddedSide) / 2 }
  private var paddedSide: Int { gridSide + filterSide - 1 }

  private var mapFloats: Int { images * gridSide * gridSide }
  private var filterFloats: Int { filterSide * filterSide }

  public var forward: Work {
    let flops =
      switch method {
      case .direct: direct
      case .separable: separable
      case .fft: 4 * transform + 3 * product
      }
    return Work(flops: Double(images) * flops, floats: 3 * mapFloats + filterFloats)
  }

  /// The gradients of maps and filter.
  public var backward: Work {
    let flops =
      switch method {
      case .direct: 2 * direct
      // Only the gradient of the maps is separable.
      case .separable: separable + direct
      case .fft: 4 * transform + 6 * product
      }
    return Work(flops: Double(images) * flops, floats: 4 * mapFloats + 2 * filterFloats)
  }
}

/// Sampling images (N, H, W, 3) at a coarse grid that is resized to their size on the fly.
public struct ResamplingWork: Equatable, Sendable {
  public let images: Int
  public let height: Int
  public let width: Int

  public init(images: Int, height: Int, width: Int) {
    self.images = images
    self.height = height
    self.width = width
  }

  private var pixels: Int { images * height * width }

  /// Bilinear: the grid from 4 cells, each channel from 4 pixels.
  public var forward: Work { Work(flops: 2 * Double(pixels) * 4 * (2 + 3), floats: 2 * 3 * pixels) }
  /// The grid's gradient: for each channel, 4 pixels contribute to x and y, which are accumulated in 4 cells.
  public var backward: Work { Work(flops: 2 * Double(pixels) * 4 * (2 * 3 + 2), floats: 2 * 3 * pixels) }
}
