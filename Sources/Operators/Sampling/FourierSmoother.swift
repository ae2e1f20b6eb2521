import CKernels
import Synchronization
import Tensors

/// Correlations as products of spectra. The repeated borders of a map cost next to nothing: the rows above and below
/// share the transform of the first and the last; and one transform of a map serves all three filters.
final class FourierSmoother: Smoother {
  private let geometry: SmoothingGeometry
  private let maps: PlaneTransform
  private let filters: PlaneTransform
  /// The last filter and the spectra of its three, divided by what a transform there and back multiplies by.
  private let lastFilter = Mutex<(filter: Tensor, spectra: Tensor)?>(nil)

  init(_ geometry: SmoothingGeometry) {
    self.geometry = geometry
    let size = PlaneTransform.goodSize(atLeast: geometry.paddedSide)
    maps = PlaneTransform(size: size, rows: geometry.gridSide)
    filters = PlaneTransform(size: size, rows: geometry.filterSide)
  }

  func moments(_ attention: Tensor, filter: Tensor) -> (moments: Tensor, kept: Tensor) {
    let (images, side, spectrum) = (attention.shape[0], geometry.gridSide, maps.spectrumFloats)
    let filterSpectra = spectra(of: filter)
    var moments = Tensor(uninitialized: [images, 3, side, side])
    var mapSpectra = Tensor(uninitialized: [images, spectrum])
    let (from, to, spectra, filters) = (attention.read, moments.write(), mapSpectra.write(), filterSpectra.read)
    parallelFor(images) { image in
      let plane = FourierPlane(maps)
      let map = spectra + image * spectrum
      plane.transform(from + image * side * side, side: side, repeatingBorders: geometry.padding, into: map)
      for m in 0..<3 {
        s3n_multiply_spectra(map, filters + m * spectrum, plane.product, spectrum / 2, 1, 0)
        plane.inverse(side: side, into: to + (image * 3 + m) * side * side)
      }
    }
    keepAlive(attention, filterSpectra, moments, mapSpectra)
    return (moments, mapSpectra)
  }

  func backward(_ dmoments: Tensor, filter: Tensor, kept mapSpectra: Tensor) -> (attention: Tensor, filters: Tensor) {
    let (images, side, spectrum) = (dmoments.shape[0], geometry.gridSide, maps.spectrumFloats)
    let filterSpectra = spectra(of: filter)
    var dattention = Tensor(uninitialized: [images, side, side])
    var gradientSpectra = Tensor(uninitialized: [images, 3, spectrum])
    let (from, to, spectra, filters) = (dmoments.read, dattention.write(), gradientSpectra.write(), filterSpectra.read)
    parallelFor(images) { image in
      let plane = FourierPlane(maps)
      for m in 0..<3 {
        let gradient = spectra + (image * 3 + m) * spectrum
        plane.transform(from + (image * 3 + m) * side * side, side: side, into: gradient)
        s3n_multiply_spectra(gradient, filters + m * spectrum, plane.product, spectrum / 2, 0, m == 0 ? 0 : 1)
      }
      plane.inverse(side: side, gatheringBorders: geometry.padding, into: to + image * side * side)
    }
    keepAlive(dmoments, filterSpectra, dattention)
    return (dattention, filtersGradient(gradientSpectra, mapSpectra: mapSpectra))
  }

  /// The gradient (3, F, F) of the three filters, summed over the images in their order, column by column.
  private func filtersGradient(_ gradientSpectra: Tensor, mapSpectra: Tensor) -> Tensor {
    let (images, side, spectrum) = (mapSpectra.shape[0], geometry.filterSide, maps.spectrumFloats)
    let column = 2 * maps.size
    var sums = Tensor.zeros([3, spectrum])
    var dfilters = Tensor(uninitialized: [3, side, side])
    let (maps, gradients, sum, to) = (mapSpectra.read, gradientSpectra.read, sums.write(), dfilters.write())
    parallelFor(3 * filters.columns) { task in
      let (m, first) = (task / filters.columns, task % filters.columns * column)
      for image in 0..<images {
        s3n_multiply_spectra(
          maps + image * spectrum + first, gradients + (image * 3 + m) * spectrum + first, sum + m * spectrum + first,
          column / 2, 1, 1)
      }
    }
    let scale = 1 / Float(filters.size * filters.size)
    parallelFor(3) { m in
      let plane = FourierPlane(filters)
      plane.product.update(from: sum + m * spectrum, count: spectrum)
      plane.inverse(side: side, into: to + m * side * side)
      for position in 0..<side * side { to[m * side * side + position] *= scale }
    }
    keepAlive(mapSpectra, gradientSpectra, sums, dfilters)
    return dfilters
  }

  private func spectra(of filter: Tensor) -> Tensor {
    if let last = lastFilter.withLock({ $0 }), last.filter.elements == filter.elements { return last.spectra }
    let (side, spectrum) = (geometry.filterSide, filters.spectrumFloats)
    let three = geometry.offsetFilters(filter)
    var spectra = Tensor(uninitialized: [3, spectrum])
    let (from, to) = (three.read, spectra.write())
    let scale = 1 / Float(filters.size * filters.size)
    for m in 0..<3 {
      let plane = FourierPlane(filters)
      plane.transform(from + m * side * side, side: side, into: to + m * spectrum)
      for position in 0..<spectrum { to[m * spectrum + position] *= scale }
    }
    keepAlive(three, spectra)
    lastFilter.withLock { $0 = (filter, spectra) }
    return spectra
  }
}
