import CKernels
import Tensors

/// Computes correlations as products of spectra. Repeating a map's borders costs almost nothing: rows above and below
/// share the transform of the first and last. One transform of a map serves all three filters.
struct FourierSmoother: Smoother {
  private let geometry: SmoothingGeometry
  private let maps: PlaneTransform
  private let filters: PlaneTransform

  init(_ geometry: SmoothingGeometry) {
    self.geometry = geometry
    let size = PlaneTransform.goodSize(atLeast: geometry.paddedSide)
    maps = PlaneTransform(size: size, rows: geometry.gridSide)
    filters = PlaneTransform(size: size, rows: geometry.filterSide)
  }

  /// The spectra of the three filters, divided by the factor of a forward and an inverse transform.
  func prepare(filter: [Double]) -> [Double] {
    let scale = 1 / Double(filters.size * filters.size)
    return spectra(of: geometry.offsetFilters(filter), side: geometry.filterSide, filters).map { $0 * scale }
  }

  func prepare(map: [Double]) -> [Double] {
    FourierPlane(maps).spectrum(of: map, side: geometry.gridSide, repeatingBorders: geometry.padding)
  }

  func prepare(gradient: [Double]) -> [Double] { spectra(of: gradient, side: geometry.gridSide, maps) }

  func moments(map: [Double], filter: [Double]) -> [Double] {
    let plane = FourierPlane(maps)
    return (0..<3).flatMap { m in
      plane.multiply(map, filter, second: m, conjugate: true)
      return plane.inverse(side: geometry.gridSide)
    }
  }

  func mapGradient(_ gradient: [Double], filter: [Double]) -> [Double] {
    let plane = FourierPlane(maps)
    for m in 0..<3 { plane.multiply(gradient, filter, first: m, second: m, adding: m > 0) }
    return plane.inverse(side: geometry.gridSide, gatheringBorders: geometry.padding)
  }

  func filterGradient(_ gradients: [[Double]], maps: [[Double]]) -> [Double] {
    let scale = 1 / Double(filters.size * filters.size)
    let three = parallelMap(3) { m in
      let plane = FourierPlane(filters)
      for (index, (map, gradient)) in zip(maps, gradients).enumerated() {
        plane.multiply(map, gradient, second: m, conjugate: true, adding: index > 0)
      }
      return maps.isEmpty
        ? [Double](repeating: 0, count: geometry.taps)
        : plane.inverse(side: geometry.filterSide).map { $0 * scale }
    }
    return three.flatMap { $0 }
  }

  /// The spectra of three maps (3, side, side).
  private func spectra(of three: [Double], side: Int, _ transform: PlaneTransform) -> [Double] {
    let plane = FourierPlane(transform)
    return (0..<3).flatMap { plane.spectrum(of: Array(three[$0 * side * side..<($0 + 1) * side * side]), side: side) }
  }
}
