import Tensors

/// The workspace of one plane on its way to a spectrum and back.
///
/// A map may repeat its borders on the way in, and gather what falls on them on the way back. Half-way, with the rows
/// transformed and the columns not, a row of the plane is one place in each of the columns: what rows share is done
/// there once.
struct FourierPlane: ~Copyable {
  private typealias Complex = SIMD2<Float>

  private let transform: PlaneTransform
  private var memory: (rows: Tensor, half: Tensor, product: Tensor)
  private let rows: UnsafeMutablePointer<Float>
  private let half: UnsafeMutablePointer<Float>
  /// A spectrum: where `inverse` starts.
  let product: UnsafeMutablePointer<Float>

  init(_ transform: PlaneTransform) {
    self.transform = transform
    memory = (
      Tensor(uninitialized: [transform.rows, transform.size]), Tensor(uninitialized: [transform.spectrumFloats]),
      Tensor(uninitialized: [transform.spectrumFloats])
    )
    (rows, half, product) = (memory.rows.write(), memory.half.write(), memory.product.write())
  }

  deinit { keepAlive(memory.rows, memory.half, memory.product) }

  /// The spectrum of a map of side x side, with its borders repeated `padding` times, and zeros behind.
  func transform(
    _ map: UnsafePointer<Float>, side: Int, repeatingBorders padding: Int = 0,
    into spectrum: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<side {
      let (from, to) = (map + row * side, rows + row * transform.size)
      to.update(repeating: from[0], count: padding)
      (to + padding).update(from: from, count: side)
      (to + padding + side).update(repeating: from[side - 1], count: padding)
      (to + side + 2 * padding).update(repeating: 0, count: transform.size - side - 2 * padding)
    }
    transform.transformRows(rows, into: half)
    eachColumn { column in
      (column + padding).update(from: column, count: side)
      column.update(repeating: column[padding], count: padding)
      (column + padding + side).update(repeating: column[padding + side - 1], count: padding)
      (column + side + 2 * padding).update(repeating: .zero, count: transform.size - side - 2 * padding)
    }
    transform.transformColumns(half, into: spectrum)
  }

  /// The first side x side cells of the plane whose spectrum is `product`.
  ///
  /// With `padding` the cells of the map whose repeated borders the plane holds: each the sum of all that repeat it.
  func inverse(side: Int, gatheringBorders padding: Int = 0, into map: UnsafeMutablePointer<Float>) {
    transform.inverseColumns(product, into: half)
    if padding > 0 {
      eachColumn { column in
        let first = sum(column, padding + 1)
        let last = sum(column + padding + side - 1, padding + 1)
        column.update(from: column + padding, count: side)
        (column[0], column[side - 1]) = (first, last)
      }
    }
    transform.inverseRows(half, into: rows)
    for row in 0..<side {
      let (from, to) = (rows + row * transform.size, map + row * side)
      to.update(from: from + padding, count: side)
      for border in 0..<padding {
        to[0] += from[border]
        to[side - 1] += from[padding + side + border]
      }
    }
  }

  private func eachColumn(_ body: (UnsafeMutablePointer<Complex>) -> Void) {
    let columns = UnsafeMutableRawPointer(half).assumingMemoryBound(to: Complex.self)
    for index in 0..<transform.columns { body(columns + index * transform.size) }
  }

  private func sum(_ values: UnsafeMutablePointer<Complex>, _ count: Int) -> Complex {
    var sum = Complex.zero
    for index in 0..<count { sum += values[index] }
    return sum
  }
}
